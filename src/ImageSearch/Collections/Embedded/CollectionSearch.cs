using System.Buffers;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Collections.Embedded;

/// <summary>Answers a query from one snapshot. Both signals are filtered by the same rows.</summary>
internal static class CollectionSearch
{
    public static CollectionHits Run(RowSnapshot snapshot, CollectionQuery query)
    {
        var rows = snapshot.Live.State.Rows;
        var limit = Math.Min(query.Limit, rows);
        if (limit == 0)
        {
            return new CollectionHits([], []);
        }

        var words = RowBits.WordsOf(rows);
        var rented = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            var passing = rented.AsSpan(0, words);
            snapshot.Live.Bits.CopyTo(passing);
            if (query.Filter.Conditions.Count > 0)
            {
                Intersect(passing, snapshot.Generation.Masks.Passing(query.Filter, snapshot.Live.State, snapshot.Session));
            }

            return new CollectionHits(
                query.Vector is { } vector ? ByMeaning(snapshot, query, vector.Span, passing, limit) : [],
                query.Words.Count > 0 ? ByWords(snapshot, query, rented, limit) : []);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }
    }

    private static void Intersect(Span<ulong> passing, ReadOnlySpan<ulong> mask)
    {
        for (var i = 0; i < passing.Length; i++)
        {
            passing[i] &= mask[i];
        }
    }

    private static List<ScoredPoint> ByMeaning(RowSnapshot snapshot, CollectionQuery query, ReadOnlySpan<float> vector, ReadOnlySpan<ulong> passing, int limit)
    {
        var hits = ArrayPool<VectorHit>.Shared.Rent(limit);
        try
        {
            var found = snapshot.Generation.Store.Search(vector, passing, query.Precision, hits.AsSpan(0, limit));
            var points = new List<ScoredPoint>(found);
            foreach (var hit in hits.AsSpan(0, found))
            {
                points.Add(Fetch(snapshot, hit.Row, hit.Score, query.Vectors));
            }

            return Ordered(points);
        }
        finally
        {
            ArrayPool<VectorHit>.Shared.Return(hits);
        }
    }

    private static List<ScoredPoint> ByWords(RowSnapshot snapshot, CollectionQuery query, ulong[] passing, int limit)
    {
        var best = new PriorityQueue<long, float>();
        var expression = WordsIndex.AnyOf(query.Words.Distinct().Take(CollectionQuery.MaxWords));
        snapshot.Session.ReadRanked(expression, (key, relevance) =>
        {
            if (!RowBits.Has(passing, key))
            {
                return;
            }

            if (best.Count < limit)
            {
                best.Enqueue(key, relevance);
            }
            else
            {
                best.EnqueueDequeue(key, relevance);
            }
        });
        return Ordered([.. best.UnorderedItems.Select(found => Fetch(snapshot, found.Element, found.Priority, query.Vectors))]);
    }

    private static List<ScoredPoint> Ordered(List<ScoredPoint> points)
    {
        points.Sort(static (a, b) => b.Score.CompareTo(a.Score) is not 0 and var byScore ? byScore : a.Point.Id.CompareTo(b.Point.Id));
        return points;
    }

    private static ScoredPoint Fetch(RowSnapshot snapshot, long key, float score, VectorInclusion vectors)
    {
        var (id, payload) = snapshot.Session.FindByKey(key)
            ?? throw new InvalidOperationException($"Row {key} is live and has no point.");
        return new ScoredPoint(new ImagePoint(id, vectors == VectorInclusion.With ? snapshot.Generation.VectorOf((int)key) : default, payload), score);
    }
}
