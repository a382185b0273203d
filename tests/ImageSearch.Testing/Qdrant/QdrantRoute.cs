namespace ImageSearch.Testing.Qdrant;

/// <summary>An operation of the server, by the name and the path template that its OpenAPI document gives it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Operation">For example <c>upsert_points</c>.</param>
/// <param name="Template">For example <c>/collections/{collection_name}/points</c>.</param>
/// <param name="Effect">Whether it changes what is stored.</param>
internal sealed record QdrantRoute(string Method, string Template, string Operation, RouteEffect Effect)
{
    private const string Collection = "/collections/{collection_name}";

    private static readonly QdrantRoute[] Known =
    [
        Read("GET", "/", "root"),
        Read("GET", "/healthz", "healthz"),
        Read("GET", "/livez", "livez"),
        Read("GET", "/readyz", "readyz"),
        Read("GET", "/metrics", "metrics"),
        Read("GET", "/telemetry", "telemetry"),
        Read("GET", "/cluster", "cluster_status"),
        Read("GET", "/collections", "get_collections"),
        Write("POST", "/collections/aliases", "update_aliases"),
        Read("GET", "/aliases", "get_collections_aliases"),
        Write("PUT", Collection, "create_collection"),
        Read("GET", Collection, "get_collection"),
        Write("PATCH", Collection, "update_collection"),
        Write("DELETE", Collection, "delete_collection"),
        Read("GET", $"{Collection}/exists", "collection_exists"),
        Read("GET", $"{Collection}/aliases", "get_collection_aliases"),
        Read("GET", $"{Collection}/cluster", "collection_cluster_info"),
        Read("GET", $"{Collection}/optimizations", "get_optimizations"),
        Write("PUT", $"{Collection}/index", "create_field_index"),
        Write("DELETE", $"{Collection}/index/{{field_name}}", "delete_field_index"),
        Write("PUT", $"{Collection}/vectors/{{vector_name}}", "create_vector_name"),
        Write("DELETE", $"{Collection}/vectors/{{vector_name}}", "delete_vector_name"),
        Write("PUT", $"{Collection}/points", "upsert_points"),
        Read("POST", $"{Collection}/points", "get_points"),
        Read("GET", $"{Collection}/points/{{id}}", "get_point"),
        Write("POST", $"{Collection}/points/delete", "delete_points"),
        Write("POST", $"{Collection}/points/payload", "set_payload"),
        Write("PUT", $"{Collection}/points/payload", "overwrite_payload"),
        Write("POST", $"{Collection}/points/payload/delete", "delete_payload"),
        Write("POST", $"{Collection}/points/payload/clear", "clear_payload"),
        Write("PUT", $"{Collection}/points/vectors", "update_vectors"),
        Write("POST", $"{Collection}/points/vectors/delete", "delete_vectors"),
        Write("POST", $"{Collection}/points/batch", "batch_update"),
        Read("POST", $"{Collection}/points/scroll", "scroll_points"),
        Read("POST", $"{Collection}/points/count", "count_points"),
        Read("POST", $"{Collection}/facet", "facet"),
        Read("POST", $"{Collection}/points/query", "query_points"),
        Read("POST", $"{Collection}/points/query/batch", "query_batch_points"),
        Read("POST", $"{Collection}/points/query/groups", "query_points_groups"),
        Write("POST", $"{Collection}/snapshots", "create_snapshot"),
        Read("GET", $"{Collection}/snapshots", "list_snapshots"),
        Read("GET", $"{Collection}/snapshots/{{snapshot_name}}", "get_snapshot"),
        Write("DELETE", $"{Collection}/snapshots/{{snapshot_name}}", "delete_snapshot"),
        Write("PUT", $"{Collection}/snapshots/recover", "recover_from_snapshot"),
        Write("POST", $"{Collection}/snapshots/upload", "recover_from_uploaded_snapshot"),
    ];

    private readonly string[] _parts = Template.Split('/');

    /// <summary>The operation that a method and a path name, with the path's values; null where there is none.</summary>
    public static (QdrantRoute Route, Dictionary<string, string> Values)? Find(string method, string path)
    {
        var parts = path.Split('/').Select(Uri.UnescapeDataString).ToArray();
        return Known.Where(route => route.Method == method && route.Matches(parts)).MinBy(route => route._parts.Count(IsValue)) is { } found
            ? (found, found._parts.Zip(parts).Where(pair => IsValue(pair.First)).ToDictionary(pair => pair.First[1..^1], pair => pair.Second))
            : null;
    }

    /// <summary>True for an operation that changes what is stored.</summary>
    public static bool Writes(string operation) => Known.Any(route => route.Operation == operation && route.Effect == RouteEffect.Writes);

    private bool Matches(string[] parts) =>
        parts.Length == _parts.Length
        && _parts.Zip(parts).All(pair => IsValue(pair.First) ? pair.Second.Length > 0 : pair.First == pair.Second);

    private static bool IsValue(string part) => part.StartsWith('{');

    private static QdrantRoute Read(string method, string template, string operation) => new(method, template, operation, RouteEffect.Reads);

    private static QdrantRoute Write(string method, string template, string operation) => new(method, template, operation, RouteEffect.Writes);
}

internal enum RouteEffect
{
    Reads,
    Writes,
}
