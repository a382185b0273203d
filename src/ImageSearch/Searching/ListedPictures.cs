using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Keeps the first pictures of an order while any number pass by, each picture's bytes once.</summary>
internal sealed class ListedPictures(IComparer<RankedPicture> order, int wanted)
{
    private readonly SortedSet<RankedPicture> _first = new(order);
    private readonly Dictionary<string, RankedPicture> _byContent = new(StringComparer.Ordinal);

    public List<RankedPicture> InOrder => [.. _first];

    /// <summary>The first pictures among all that pass the filter.</summary>
    public static async Task<List<RankedPicture>> FindAsync(
        IImageCollection collection, ImageFilter filter, IComparer<RankedPicture> order, int wanted, CancellationToken cancellationToken)
    {
        var listed = new ListedPictures(order, wanted);
        await foreach (var point in collection.ListAsync(filter, cancellationToken))
        {
            listed.Add(new RankedPicture(point, null, []));
        }

        return listed.InOrder;
    }

    public void Add(RankedPicture picture)
    {
        var content = picture.Point.Payload.Sha256;
        if (_byContent.TryGetValue(content, out var copy))
        {
            if (order.Compare(copy, picture) <= 0)
            {
                return;
            }

            _ = _first.Remove(copy);
        }

        _byContent[content] = picture;
        _ = _first.Add(picture);
        if (_first.Count > wanted && _first.Max is { } last)
        {
            _ = _first.Remove(last);
            _ = _byContent.Remove(last.Point.Payload.Sha256);
        }
    }
}
