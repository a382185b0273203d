using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>
/// Counts the values of facets and remembers the counts for a few seconds, so that a page that asks at every key costs the collection
/// no more than one that asks once. Safe for many threads.
/// </summary>
/// <param name="collection">What is counted.</param>
/// <param name="time">The clock.</param>
public sealed class FacetCounts(IImageCollection collection, TimeProvider time)
{
    /// <summary>Counts may be so old.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    /// <summary>Most values of a facet that are counted; the most frequent ones.</summary>
    public const int MostValues = 2_000;

    private const int Remembered = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ImageFacet Facet, ImageFilter Filter), Counted> _counted = [];

    /// <summary>The values of a facet among the pictures that pass the filter, the most frequent first, at most <see cref="MostValues"/>.</summary>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<IReadOnlyList<FacetCount>> CountAsync(ImageFacet facet, ImageFilter filter, CancellationToken cancellationToken = default)
    {
        if (Find((facet, filter)) is { } known)
        {
            return known;
        }

        var at = time.GetTimestamp();
        var values = await collection.FacetAsync(facet, filter, MostValues, cancellationToken);
        lock (_gate)
        {
            if (_counted.Count >= Remembered)
            {
                _ = _counted.Remove(_counted.MinBy(counted => counted.Value.At).Key);
            }

            _counted[(facet, filter)] = new Counted(at, values);
        }

        return values;
    }

    private IReadOnlyList<FacetCount>? Find((ImageFacet, ImageFilter) key)
    {
        lock (_gate)
        {
            return _counted.TryGetValue(key, out var counted) && time.GetElapsedTime(counted.At) < Age ? counted.Values : null;
        }
    }

    private sealed record Counted(long At, IReadOnlyList<FacetCount> Values);
}
