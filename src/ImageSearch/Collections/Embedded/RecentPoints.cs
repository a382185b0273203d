namespace ImageSearch.Collections.Embedded;

/// <summary>
/// Points of one generation that searches read lately, so that a picture that many queries find is read and parsed once. Each row
/// has one place, shared with others: the last one read keeps it. Rows never change, so nothing here grows stale. Thread safe.
/// </summary>
internal sealed class RecentPoints
{
    /// <summary>A power of two; at about 1 KB a point, 32 MB when full.</summary>
    private const int Places = 1 << 15;

    private readonly Entry?[] _places = new Entry?[Places];

    /// <summary>The point of a row without its vector, or null.</summary>
    public ImagePoint? Find(long row) => Volatile.Read(ref _places[row & (Places - 1)]) is { } entry && entry.Row == row ? entry.Point : null;

    /// <summary>Keeps the point of a row.</summary>
    public void Add(long row, ImagePoint point) => Volatile.Write(ref _places[row & (Places - 1)], new Entry(row, point));

    private sealed record Entry(long Row, ImagePoint Point);
}
