using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>What a server says of itself.</summary>
internal sealed class ServiceOperations(QdrantStorage storage)
{
    /// <summary>The answer to an operation of the service, or null for any other operation.</summary>
    public QdrantReply? TryAnswer(string operation) => operation switch
    {
        "root" => new QdrantReply.Bare(Version()),
        "healthz" or "livez" => new QdrantReply.Text("healthz check passed"),
        "readyz" => new QdrantReply.Text("all shards are ready"),
        "metrics" => new QdrantReply.Text(Metrics()),
        "telemetry" => new QdrantReply.Result(Telemetry()),
        "cluster_status" => new QdrantReply.Result(new JsonObject { ["status"] = "disabled" }),
        _ => null,
    };

    private JsonObject Version() => new()
    {
        ["title"] = "qdrant - vector search engine",
        ["version"] = storage.Version.Text,
        ["commit"] = "0000000000000000000000000000000000000000",
    };

    private string Metrics() =>
        $"# TYPE app_info gauge\napp_info{{name=\"qdrant\",version=\"{storage.Version.Text}\"}} 1\n"
        + $"# TYPE collections_total gauge\ncollections_total {CountCollections()}\n"
        + $"# TYPE memory_resident_bytes gauge\nmemory_resident_bytes {Environment.WorkingSet}\n";

    private JsonObject Telemetry() => new()
    {
        ["id"] = "00000000-0000-4000-8000-000000000000",
        ["app"] = new JsonObject { ["name"] = "qdrant", ["version"] = storage.Version.Text, ["startup"] = "2026-01-01T00:00:00Z" },
        ["collections"] = new JsonObject { ["number_of_collections"] = CountCollections() },
        ["memory"] = new JsonObject
        {
            ["active_bytes"] = Environment.WorkingSet,
            ["allocated_bytes"] = GC.GetTotalMemory(forceFullCollection: false),
            ["metadata_bytes"] = 0,
            ["resident_bytes"] = Environment.WorkingSet,
            ["retained_bytes"] = 0,
        },
    };

    private int CountCollections()
    {
        lock (storage.Lock)
        {
            return storage.Collections.Count;
        }
    }
}
