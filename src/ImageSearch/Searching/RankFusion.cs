using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>
/// Fuses two rankings by reciprocal rank (Cormack, Clarke and Büttcher, SIGIR 2009): each adds 1 / (60 + rank). Ranks are
/// comparable where cosines and BM25 are not, and a picture that both find outranks one that only one of them finds.
/// </summary>
internal static class RankFusion
{
    /// <summary>
    /// Ranks below this add nothing. The order of the first hits then depends on a fixed number of candidates and stays the same
    /// however deep later pages reach; after them come the rest by meaning, then by words.
    /// </summary>
    public const int Depth = 200;

    private const int Smoothing = 60;

    public static List<RankedPicture> Fuse(CollectionHits hits)
    {
        var found = new Dictionary<Guid, RankedPicture>();
        Add(found, hits.ByMeaning, HitSignal.Meaning, hit => hit.Score);
        Add(found, hits.ByWords, HitSignal.Words, hit => hits.ByMeaning.Count == 0 ? hit.Score / hits.ByWords[0].Score : null);
        return [.. found.Values
            .OrderByDescending(picture => picture.Fused)
            .ThenBy(picture => picture.RankBy(HitSignal.Meaning))
            .ThenBy(picture => picture.RankBy(HitSignal.Words))];
    }

    private static void Add(Dictionary<Guid, RankedPicture> found, IReadOnlyList<ScoredPoint> hits, string signal, Func<ScoredPoint, double?> score)
    {
        for (var i = 0; i < hits.Count; i++)
        {
            var hit = hits[i];
            var rank = i + 1;
            var why = new HitSignal(signal, rank, hit.Score, rank <= Depth ? 1.0 / (Smoothing + rank) : 0);
            found[hit.Point.Id] = found.TryGetValue(hit.Point.Id, out var known)
                ? known with { Why = [.. known.Why, why] }
                : new RankedPicture(hit.Point, score(hit), [why]);
        }
    }
}
