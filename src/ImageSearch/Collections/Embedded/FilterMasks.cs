namespace ImageSearch.Collections.Embedded;

/// <summary>
/// The rows of one generation that pass a filter, for the filters used last. Rows never change, so a mask is only ever extended
/// by the rows that were added since.
/// </summary>
internal sealed class FilterMasks
{
    private const int Capacity = 32;

    private readonly Lock _sync = new();
    private readonly Dictionary<ImageFilter, Mask> _masks = [];
    private long _uses;

    /// <summary>The rows that pass, at the session's moment or a later one: rows of later points and of deleted ones may be set.</summary>
    public ReadOnlySpan<ulong> Passing(ImageFilter filter, CollectionState state, ReadSession session)
    {
        var sql = FilterTranslation.Of(filter);
        var known = Find(filter, state);
        if (known?.State.Rows == state.Rows)
        {
            return known.Bits;
        }

        var bits = new ulong[RowBits.WordsOf(state.Rows)];
        known?.Bits.CopyTo(bits, 0);
        session.ReadKeys(sql, known?.State.Rows ?? 0, state.Rows, key => RowBits.Set(bits, key));
        Keep(filter, new Mask(state, bits));
        return bits;
    }

    // A mask made after the session's moment lacks rows that were deleted in between and are points still for the session.
    private Mask? Find(ImageFilter filter, CollectionState state)
    {
        lock (_sync)
        {
            if (!_masks.TryGetValue(filter, out var mask) || mask.State.Tombstones > state.Tombstones || mask.State.Rows > state.Rows)
            {
                return null;
            }

            mask.LastUse = ++_uses;
            return mask;
        }
    }

    private void Keep(ImageFilter filter, Mask mask)
    {
        lock (_sync)
        {
            if (_masks.Count >= Capacity && !_masks.ContainsKey(filter))
            {
                _masks.Remove(_masks.MinBy(pair => pair.Value.LastUse).Key);
            }

            mask.LastUse = ++_uses;
            _masks[filter] = mask;
        }
    }

    private sealed record Mask(CollectionState State, ulong[] Bits)
    {
        public long LastUse { get; set; }
    }
}
