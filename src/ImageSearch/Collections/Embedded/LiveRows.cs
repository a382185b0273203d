namespace ImageSearch.Collections.Embedded;

/// <summary>The rows that are points at one moment: a bit a row, bit <c>row % 64</c> of word <c>row / 64</c>.</summary>
/// <param name="State">The moment.</param>
/// <param name="Bits">Never changed once made.</param>
internal sealed record LiveRows(CollectionState State, ulong[] Bits)
{
    public static LiveRows None(int generation) => new(new CollectionState(generation, 0, 0), []);

    /// <summary>The rows of a later moment of the same generation.</summary>
    public LiveRows At(CollectionState state, ReadSession session)
    {
        if (state == State)
        {
            return this;
        }

        var bits = new ulong[RowBits.WordsOf(state.Rows)];
        Bits.CopyTo(bits, 0);
        RowBits.SetRange(bits, State.Rows, state.Rows);
        session.ReadTombstones(State.Tombstones, row => RowBits.Clear(bits, row));
        return new LiveRows(state, bits);
    }
}
