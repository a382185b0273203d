namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>Makes one ranking of several.</summary>
internal static class RankFusion
{
    private const int DefaultK = 2;

    /// <summary>Reciprocal rank fusion: a hit at position p, from 0, of a ranking with weight w counts 1 / ((p + 1) / w + k − 1).</summary>
    public static IEnumerable<ScoredHit> Reciprocal(IReadOnlyList<List<ScoredHit>> rankings, int? k, IReadOnlyList<float>? weights)
    {
        if (weights is not null && weights.Count != rankings.Count)
        {
            throw QdrantRefusal.BadInput(
                $"Validation failed: Number of weights in RRF should match number of pre-fetches: got {weights.Count}, expected {rankings.Count}");
        }

        return Sum(rankings.Select((ranking, i) => ranking.Select((hit, position) => hit with { Score = Score(position, weights?[i] ?? 1) })));

        float Score(int position, float weight) => weight <= 0 ? 0 : 1 / ((position + 1) / weight + (k ?? DefaultK) - 1);
    }

    /// <summary>Distribution-based score fusion: scores stretched so that three standard deviations about the mean fill 0…1, then added.</summary>
    public static IEnumerable<ScoredHit> ByDistribution(IReadOnlyList<List<ScoredHit>> rankings) => Sum(rankings.Select(Stretch));

    private static IEnumerable<ScoredHit> Stretch(List<ScoredHit> ranking)
    {
        var mean = ranking.Select(hit => hit.Score).DefaultIfEmpty().Average();
        var deviation = ranking.Count < 2 ? 0 : MathF.Sqrt(ranking.Sum(hit => (hit.Score - mean) * (hit.Score - mean)) / (ranking.Count - 1));
        return ranking.Select(hit => hit with { Score = deviation == 0 ? 0.5f : (hit.Score - mean + 3 * deviation) / (6 * deviation) });
    }

    private static IOrderedEnumerable<ScoredHit> Sum(IEnumerable<IEnumerable<ScoredHit>> rankings) => rankings
        .SelectMany(ranking => ranking)
        .GroupBy(hit => hit.Point.Id)
        .Select(hits => hits.First() with { Score = hits.Sum(hit => hit.Score) })
        .OrderByDescending(hit => hit.Score)
        .ThenBy(hit => hit.Point.Id);
}
