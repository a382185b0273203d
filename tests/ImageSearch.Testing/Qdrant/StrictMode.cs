using System.Text.Json;
using ImageSearch.Testing.Qdrant.Filters;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>A collection's own limits. While they are off, nothing is refused.</summary>
internal sealed class StrictMode(StoredCollection collection)
{
    private readonly JsonElement? _limits = collection.Settings.StrictMode;

    public void CheckRead(QdrantRequest request, JsonElement body, int limit)
    {
        if (_limits is null)
        {
            return;
        }

        AtMost(request.TimeoutSeconds, "max_timeout", "timeout");
        CheckQuery(body, limit);
    }

    /// <summary>Also what a query prefetches is held to the limits.</summary>
    public void CheckQuery(JsonElement body, int limit)
    {
        AtMost(limit, "max_query_limit", "limit");
        CheckFilter(PointFilter.Of(body, collection), "unindexed_filtering_retrieve");
        if (body.Find("params") is { } parameters)
        {
            AtMost(parameters.Find("hnsw_ef")?.AsNumber(), "search_max_hnsw_ef", "hnsw_ef");
            AtMost(parameters.Find("quantization")?.Find("oversampling")?.AsNumber(), "search_max_oversampling", "oversampling");
            if (Forbids("search_allow_exact") && parameters.Find("exact")?.AsFlag() == true)
            {
                throw Breach("Exact search disabled!", "Set exact=false.");
            }
        }

        foreach (var prefetch in body.Find("prefetch")?.AsOneOrMany() ?? [])
        {
            CheckQuery(prefetch, prefetch.Count("limit", fallback: 10, minimum: 1));
        }
    }

    public void CheckUpdate(JsonElement body, int points)
    {
        AtMost(points, "upsert_max_batchsize", "upsert limit");
        CheckFilter(PointFilter.Of(body, collection), "unindexed_filtering_update");
    }

    public void CheckSize(int points)
    {
        if (Limit("max_points_count") is { } most && points > most)
        {
            throw Breach($"Max points count limit reached: {most}", "Delete points or raise the limit.");
        }
    }

    public void CheckBatch(int searches) => AtMost(searches, "search_max_batchsize", "search batch size");

    public void CheckIndexes(int indexes)
    {
        if (Limit("max_payload_index_count") is { } most && indexes > most)
        {
            throw Breach(
                $"Collection already has the maximum number of payload indices ({most})",
                "Please delete an existing index before creating a new one.");
        }
    }

    private void CheckFilter(PointFilter filter, string permission)
    {
        if (Limit("filter_max_conditions") is { } most && filter.Conditions > most)
        {
            throw Breach($"Filter condition limit reached ({filter.Conditions} > {most})", "Reduce the amount of conditions of your filter.");
        }

        if (Forbids(permission) && filter.Fields.FirstOrDefault(field => !collection.Indexes.ContainsKey(field)) is { } unindexed)
        {
            throw Breach(
                $"Index required but not found for \"{unindexed}\" of one of the following types: [keyword]",
                "Create an index for this key or use a different filter.");
        }
    }

    private void AtMost(double? value, string limit, string name)
    {
        if (Limit(limit) is { } most && value > most)
        {
            throw Breach($"Limit exceeded {value} > {most} for \"{name}\"", $"Reduce the \"{name}\" parameter to or below {most}.");
        }
    }

    private double? Limit(string name) => _limits?.Find(name)?.AsNumber();

    private bool Forbids(string permission) => _limits?.Find(permission)?.AsFlag() == false;

    private static QdrantRefusal Breach(string what, string cure) => QdrantRefusal.BadRequest($"{what}. Help: {cure}");
}
