using System.Text.Json;
using ImageSearch.Testing.Qdrant.Filters;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>The universal query over one collection, answered by looking at every point.</summary>
/// <param name="collection">The collection.</param>
/// <param name="find">Finds another collection, from which vectors are looked up.</param>
internal sealed class QueryEngine(StoredCollection collection, Func<string, StoredCollection> find)
{
    private const int MostCandidates = 16384;

    private static readonly string[] Unknown = ["discover", "context", "formula", "relevance_feedback"];

    /// <param name="body">A query, or a prefetch within one.</param>
    /// <param name="outer">The filter of the query around it, which its prefetches must pass too.</param>
    /// <param name="limit">Most hits.</param>
    public List<ScoredHit> Run(JsonElement body, PointFilter? outer, int limit)
    {
        var filter = PointFilter.Of(body, collection);
        filter = outer is null ? filter : filter.And(outer);
        var prefetches = body.Find("prefetch")?.AsOneOrMany().ToList() ?? [];
        if (body.Find("query") is not { } query)
        {
            return RunWithoutQuery(body, filter, prefetches, limit);
        }

        var sources = prefetches.ConvertAll(prefetch => Run(prefetch, filter, prefetch.Count("limit", fallback: 10, minimum: 1)));
        var points = sources.Count > 0
            ? sources.SelectMany(hits => hits).Select(hit => hit.Point).DistinctBy(point => point.Id).OrderBy(point => point.Id)
            : collection.Points.Values.Where(filter.Passes);
        return RunQuery(body, query, sources, [.. points.Where(filter.Passes)], limit);
    }

    private List<ScoredHit> RunWithoutQuery(JsonElement body, PointFilter filter, List<JsonElement> prefetches, int limit) =>
        prefetches.Count > 0 ? throw QdrantRefusal.BadRequest("A query is needed to merge the prefetches. Can't have prefetches without defining a query.")
        : body.Find("score_threshold") is not null
            ? throw QdrantRefusal.BadRequest("A query is needed to use the score_threshold. Can't have score_threshold without defining a query.")
        : [.. collection.Points.Values.Where(filter.Passes).Take(limit).Select(point => new ScoredHit(point, 0))];

    private List<ScoredHit> RunQuery(JsonElement body, JsonElement query, List<List<ScoredHit>> sources, List<StoredPoint> points, int limit)
    {
        var threshold = body.Find("score_threshold") is { } given ? (float?)given.AsNumber() : null;
        if (query.Find("order_by") is { } orderBy)
        {
            return threshold is null
                ? [.. PayloadOrder.Order(collection, orderBy, points).Take(limit)]
                : throw QdrantRefusal.BadRequest("Can't use score_threshold with an order_by query.");
        }

        if (query.Find("fusion") is not null || query.Find("rrf") is not null)
        {
            return [.. Fuse(query, sources).Where(hit => threshold is null || hit.Score >= threshold).Take(limit)];
        }

        if (query.Find("sample") is { } sample)
        {
            return sample.AsText() == "random"
                ? [.. Shuffled(points).Take(limit).Select(point => new ScoredHit(point, 0))]
                : throw QdrantRefusal.Format($"unknown variant `{sample.GetString()}`, expected `random`");
        }

        return Nearest(body, query, points, threshold, limit);
    }

    private StoredPoint[] Shuffled(List<StoredPoint> points)
    {
        var shuffled = points.ToArray();
        collection.Draws.Shuffle(shuffled);
        return shuffled;
    }

    private IEnumerable<ScoredHit> Fuse(JsonElement query, List<List<ScoredHit>> sources)
    {
        if (sources.Count == 0)
        {
            throw QdrantRefusal.BadRequest("cannot apply Fusion without prefetches");
        }

        if (query.Find("rrf") is { } rrf)
        {
            var weights = collection.Settings.Version.Knows(Feature.UpdateMode) ? rrf.Find("weights")?.AsFloats() : null;
            return RankFusion.Reciprocal(sources, rrf.Find("k") is null ? null : rrf.Count("k", fallback: 2, minimum: 1), weights);
        }

        var fusion = query.Need("fusion").AsText();
        return fusion switch
        {
            "rrf" => RankFusion.Reciprocal(sources, null, null),
            "dbsf" => RankFusion.ByDistribution(sources),
            _ => throw QdrantRefusal.Format($"unknown variant `{fusion}`, expected `rrf` or `dbsf`"),
        };
    }

    private List<ScoredHit> Nearest(JsonElement body, JsonElement query, List<StoredPoint> points, float? threshold, int limit)
    {
        var vector = body.Find("using")?.AsText() ?? "";
        var scorer = ParseScorer(query, Source(body, vector));
        var mmr = query.Find("mmr");
        var candidates = mmr is { } given ? given.Count("candidates_limit", fallback: Math.Min(limit, MostCandidates), minimum: 0) : limit;
        if (candidates > MostCandidates && mmr is not null)
        {
            throw QdrantRefusal.Validation("mmr.candidates_limit", $"value {candidates} invalid, must be from 0 to {MostCandidates}");
        }

        var hits =
            from point in points
            where !scorer.Examples.Contains(point.Id)
            let similarity = scorer.Similarity(point)
            where similarity is not null && scorer.Reaches(scorer.Score(similarity.Value), threshold)
            orderby similarity descending, point.Id
            select new ScoredHit(point, scorer.Score(similarity.Value));
        var best = hits.Take(candidates).ToList();
        return mmr is { } diverse ? Diversity.Pick(collection, vector, scorer, best, (float)(diverse.Find("diversity")?.AsNumber() ?? 0.5), limit) : best;
    }

    private PointScorer ParseScorer(JsonElement query, VectorSource source)
    {
        if (query.Find("recommend") is { } recommend)
        {
            var strategy = recommend.Find("strategy")?.AsText() ?? "average_vector";
            return PointScorer.Recommend(collection, source.Using, Inputs(recommend, "positive", source), Inputs(recommend, "negative", source), strategy);
        }

        return Unknown.FirstOrDefault(name => query.Find(name) is not null) is { } unknown
            ? throw QdrantRefusal.Unknown($"the query `{unknown}`")
            : PointScorer.Nearest(collection, source.Using, QueryInput.Parse(query.Find("nearest") ?? query, source));
    }

    private static List<QueryInput> Inputs(JsonElement recommend, string name, VectorSource source) =>
        [.. recommend.Find(name)?.AsList().Select(element => QueryInput.Parse(element, source)) ?? []];

    private VectorSource Source(JsonElement body, string vector)
    {
        collection.Parameters(vector);
        return body.Find("lookup_from") is { } lookup
            ? new VectorSource(collection, vector, find(lookup.Need("collection").AsText()), lookup.Find("vector")?.AsText() ?? "")
            : new VectorSource(collection, vector, collection, vector);
    }
}
