using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>Maximal marginal relevance: hits that are near the question and far from each other.</summary>
internal static class Diversity
{
    /// <summary>
    /// Picks among the nearest hits, which come the best first and keep their scores. The diversity goes from 0, only near, to 1, only
    /// unlike each other.
    /// </summary>
    public static List<ScoredHit> Pick(StoredCollection collection, string vector, PointScorer scorer, List<ScoredHit> candidates, float diversity, int limit)
    {
        var picked = candidates.Take(1).ToList();
        var left = candidates.Skip(1).Select(hit => new Candidate(hit, scorer.Similarity(hit.Point) ?? 0)).ToList();
        while (picked.Count < limit && left.Count > 0)
        {
            var last = PointScorer.Similarities(collection, vector, picked[^1].Point.Vectors[vector]);
            foreach (var candidate in left)
            {
                candidate.NearestPicked = Math.Max(candidate.NearestPicked, last(candidate.Hit.Point) ?? 0);
            }

            var best = left.MaxBy(candidate => (1 - diversity) * candidate.Relevance - diversity * candidate.NearestPicked)!;
            left.Remove(best);
            picked.Add(best.Hit);
        }

        return picked;
    }

    private sealed class Candidate(ScoredHit hit, float relevance)
    {
        public ScoredHit Hit { get; } = hit;

        public float Relevance { get; } = relevance;

        public float NearestPicked { get; set; } = float.NegativeInfinity;
    }
}
