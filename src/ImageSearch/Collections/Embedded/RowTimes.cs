namespace ImageSearch.Collections.Embedded;

/// <summary>
/// When the pictures of one generation were taken, row by row: read at the first listing, from then on extended by the rows that
/// were added since, at 24 bytes a row. Thread safe.
/// </summary>
internal sealed class RowTimes
{
    private readonly Lock _sync = new();
    private TakenKey[] _keys = [];
    private CollectionState _read;

    /// <summary>The keys of the session's rows; those of rows that are no points for it say nothing.</summary>
    public ReadOnlySpan<TakenKey> Of(CollectionState state, ReadSession session)
    {
        lock (_sync)
        {
            // What was read after the session's moment lacks rows that were deleted in between and are points still for the session.
            if (_read.Tombstones > state.Tombstones)
            {
                var own = new TakenKey[state.Rows];
                session.ReadTaken(0, state.Rows, (row, key) => own[row] = key);
                return own;
            }

            if (_read.Rows < state.Rows)
            {
                Extend(state, session);
            }

            return _keys.AsSpan(0, state.Rows);
        }
    }

    // Into the spare end of the same array, which no span that was given away reaches.
    private void Extend(CollectionState state, ReadSession session)
    {
        if (_keys.Length < state.Rows)
        {
            Array.Resize(ref _keys, Math.Max(state.Rows, _keys.Length + (_keys.Length / 2)));
        }

        session.ReadTaken(_read.Rows, state.Rows, (row, key) => _keys[row] = key);
        _read = state;
    }
}
