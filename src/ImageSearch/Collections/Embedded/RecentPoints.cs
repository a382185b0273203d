namespace ImageSearch.Collections.Embedded;

/// <summary>
/// Points of one generation that searches read lately, so that a picture that many queries find is read and parsed once. Each row
/// shares a few places with others, from which the one added longest ago falls out. Rows never change, so nothing here grows stale. Thread safe:
/// of two that are added at once one may be lost.
/// </summary>
internal sealed class RecentPoints
{
    /// <summary>A power of two; with <see cref="Places"/> each, at about 1 KB a point, 64 MB when full.</summary>
    private const int Sets = 1 << 14;

    private const int Places = 4;

    private readonly Entry?[] _entries = new Entry?[Sets * Places];

    /// <summary>The point of a row without its vector, or null.</summary>
    public ImagePoint? Find(long row)
    {
        foreach (ref var place in SetOf(row))
        {
            if (Volatile.Read(ref place) is { } entry && entry.Row == row)
            {
                return entry.Point;
            }
        }

        return null;
    }

    /// <summary>Keeps the point of a row.</summary>
    public void Add(long row, ImagePoint point)
    {
        var set = SetOf(row);
        for (var place = Places - 1; place > 0; place--)
        {
            Volatile.Write(ref set[place], Volatile.Read(ref set[place - 1]));
        }

        Volatile.Write(ref set[0], new Entry(row, point));
    }

    private Span<Entry?> SetOf(long row) => _entries.AsSpan((int)(row & (Sets - 1)) * Places, Places);

    private sealed record Entry(long Row, ImagePoint Point);
}
