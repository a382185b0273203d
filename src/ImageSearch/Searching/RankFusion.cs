using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>
/// Fuses two rankings by reciprocal rank (Cormack, Clarke and Büttcher, SIGIR 2009): each adds 1 / (60 + rank). Ranks are
/// comparable where cosines and BM25 are not, and a picture that both find outranks one that only one of them finds.
/// </summary>
internal static class RankFusion
{
    /// <summary>
    /// Ranks below this add nothing. The first hits then depend on a fixed number of candidates, and stay where they are however
    /// deep later pages reach; after them comes the rest by meaning alone, in which every picture is found sooner or later.
    /// </summary>
    public const int Depth = 100;

    private const int Smoothing = 60;

    /// <summary>What a place counts for, as a share of what the first counts for.</summary>
    public static double Weight(int rank) => (Smoothing + 1.0) / (Smoothing + rank);

    public static List<RankedPicture> Fuse(CollectionHits hits)
    {
        var found = new Dictionary<Guid, RankedPicture>();
        Add(found, hits.ByMeaning, HitSignal.Meaning, hit => hit.Score);
        var byMeaningToo = hits.ByMeaning.Count > 0;
        var byWords = byMeaningToo ? hits.ByWords.Take(Depth) : hits.ByWords;
        Add(found, byWords, HitSignal.Words, hit => byMeaningToo ? hit.Cosine : hit.Score / hits.ByWords[0].Score);
        return [.. found.Values
            .OrderByDescending(picture => picture.Fused)
            .ThenBy(picture => picture.RankBy(HitSignal.Meaning))
            .ThenBy(picture => picture.RankBy(HitSignal.Words))];
    }

    private static void Add(Dictionary<Guid, RankedPicture> found, IEnumerable<ScoredPoint> hits, string signal, Func<ScoredPoint, double?> score)
    {
        var rank = 0;
        foreach (var hit in hits)
        {
            rank++;
            var why = new HitSignal(signal, rank, hit.Score, rank <= Depth ? 1.0 / (Smoothing + rank) : 0);
            found[hit.Point.Id] = found.TryGetValue(hit.Point.Id, out var known)
                ? known with { Why = [.. known.Why, why] }
                : new RankedPicture(hit.Point, score(hit), [why]);
        }
    }
}
