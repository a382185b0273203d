namespace ImageSearch.Collections.Embedded;

/// <summary>Points and their vectors at one moment.</summary>
/// <param name="Session">Reads inside one transaction.</param>
/// <param name="Generation">The vectors that the keys are rows of.</param>
/// <param name="Live">The rows that are points.</param>
internal sealed record RowSnapshot(ReadSession Session, VectorGeneration Generation, LiveRows Live)
{
    /// <summary>The points that pass a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="passing">Becomes their rows; as long as <see cref="LiveRows.Bits"/>.</param>
    public void ReadPassing(ImageFilter filter, Span<ulong> passing)
    {
        Live.Bits.CopyTo(passing);
        if (filter.Conditions.Count == 0)
        {
            return;
        }

        var mask = Generation.Masks.Passing(filter, Live.State, Session);
        for (var i = 0; i < passing.Length; i++)
        {
            passing[i] &= mask[i];
        }
    }

    /// <summary>The point of a live row, without its vector.</summary>
    public ImagePoint PointOf(long row)
    {
        if (Generation.Points.Find(row) is { } recent)
        {
            return recent;
        }

        var point = Session.FindByKey(row) ?? throw new InvalidDataException($"Row {row} is live and has no point.");
        Generation.Points.Add(row, point);
        return point;
    }
}
