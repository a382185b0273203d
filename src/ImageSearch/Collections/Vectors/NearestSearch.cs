using System.Collections.Concurrent;

namespace ImageSearch.Collections.Vectors;

/// <summary>Chooses the way to the nearest rows, and keeps the working space of searches between them. Any number of threads may search.</summary>
internal sealed unsafe class NearestSearch : IDisposable
{
    // Up to this many matches, and one more for each 128 rows, scoring them exactly is cheaper than looking through all codes.
    private const int FewMatches = 256;
    private const int RowsPerFewMatch = 128;

    private readonly ConcurrentStack<QuantisedSearch> _idle = [];

    /// <summary>Finds the nearest rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">Their codes; null scores every row exactly.</param>
    /// <param name="query">Shape [dimension].</param>
    /// <param name="mask">The rows that may be found; see <see cref="RowMask"/>.</param>
    /// <param name="hits">Filled with the hits, best first; at least one is wanted.</param>
    /// <param name="rescored">Coded rows that were scored exactly; 0 when codes were not used.</param>
    /// <returns>The number of hits.</returns>
    public int Find(VectorRows rows, CodedRows? codes, ReadOnlySpan<float> query, ReadOnlySpan<ulong> mask, Span<VectorHit> hits, out int rescored)
    {
        if (RowMask.Count(mask, rows.Count) <= FewMatches + (rows.Count / RowsPerFewMatch))
        {
            codes = null;
        }

        rescored = 0;
        var nearest = new NearestRows(hits);
        fixed (float* pinned = query)
        {
            ExactSearch.Offer(rows, pinned, mask, codes?.Count ?? 0, ref nearest);
        }

        if (codes is not null)
        {
            QuantisedSearch search = _idle.TryPop(out QuantisedSearch? idle) ? idle : new QuantisedSearch();
            rescored = search.Offer(rows, codes, query, mask, hits.Length, ref nearest);
            _idle.Push(search);
        }

        return nearest.Order();
    }

    public void Dispose()
    {
        foreach (QuantisedSearch search in _idle)
        {
            search.Dispose();
        }
    }
}
