using System.Buffers;
using System.Runtime.Intrinsics;
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
            snapshot.ReadPassing(query.Filter, passing);
            return new CollectionHits(
                query.Vector is { } vector ? ByMeaning(snapshot, query, vector.Span, passing, limit) : [],
                query.Words.Count > 0 ? ByWords(snapshot, query, passing, limit) : []);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
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

    private static List<ScoredPoint> ByWords(RowSnapshot snapshot, CollectionQuery query, ReadOnlySpan<ulong> passing, int limit)
    {
        var state = snapshot.Live.State;
        var postings = query.Words.Distinct().Take(CollectionQuery.MaxWords)
            .Select(word => snapshot.Generation.Words.Of(WordsIndex.Phrase(word), state, snapshot.Session)).ToList();
        var rented = ArrayPool<float>.Shared.Rent(state.Rows);
        try
        {
            var sums = rented.AsSpan(0, state.Rows);
            sums.Clear();
            foreach (var posting in postings)
            {
                Add(posting, sums);
            }

            return Ordered(Fetch(snapshot, query, [.. Best(sums, passing, limit).UnorderedItems]));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static void Add(WordPosting posting, Span<float> sums)
    {
        for (var i = 0; i < posting.Rows.Length; i++)
        {
            var row = posting.Rows[i];
            if (row < sums.Length)
            {
                sums[row] += posting.Relevance[i];
            }
        }
    }

    // Frequent words stand in most rows, few of which come near the best: eight at a time are passed over.
    private static PriorityQueue<int, float> Best(ReadOnlySpan<float> sums, ReadOnlySpan<ulong> passing, int limit)
    {
        var best = new PriorityQueue<int, float>();
        var least = 0f;
        for (var first = 0; first < sums.Length; first += Vector256<float>.Count)
        {
            var some = sums[first..Math.Min(first + Vector256<float>.Count, sums.Length)];
            if (some.Length == Vector256<float>.Count && !Vector256.GreaterThanAny(Vector256.Create(some), Vector256.Create(least)))
            {
                continue;
            }

            for (var i = 0; i < some.Length; i++)
            {
                if (some[i] > least && RowBits.Has(passing, first + i))
                {
                    best.Enqueue(first + i, some[i]);
                    if (best.Count > limit)
                    {
                        _ = best.Dequeue();
                    }

                    least = best.Count == limit && best.TryPeek(out _, out var worst) ? worst : 0;
                }
            }
        }

        return best;
    }

    private static List<ScoredPoint> Ordered(List<ScoredPoint> points)
    {
        points.Sort(static (a, b) => b.Score.CompareTo(a.Score) is not 0 and var byScore ? byScore : a.Point.Id.CompareTo(b.Point.Id));
        return points;
    }

    // The vectors lie at hand: who ranks the points by meaning too need not ask for them.
    private static List<ScoredPoint> Fetch(RowSnapshot snapshot, CollectionQuery query, (int Row, float Relevance)[] found)
    {
        var points = new List<ScoredPoint>(found.Length);
        var cosines = new float[query.Vector is null ? 0 : found.Length];
        if (query.Vector is { } vector)
        {
            snapshot.Generation.Store.Score(vector.Span, [.. found.Select(one => one.Row)], cosines);
        }

        for (var i = 0; i < found.Length; i++)
        {
            var point = Fetch(snapshot, found[i].Row, found[i].Relevance, query.Vectors);
            points.Add(cosines.Length == 0 ? point : point with { Cosine = cosines[i] });
        }

        return points;
    }

    private static ScoredPoint Fetch(RowSnapshot snapshot, int row, float score, VectorInclusion vectors)
    {
        var point = snapshot.PointOf(row);
        return new ScoredPoint(vectors == VectorInclusion.With ? point with { Vector = snapshot.Generation.VectorOf(row) } : point, score);
    }
}
