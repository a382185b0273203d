using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>A collection as the server describes it: its settings with the server's defaults beside what was given.</summary>
internal static class CollectionDescription
{
    private static readonly string[] Echoed =
    [
        "shard_number", "sharding_method", "replication_factor", "write_consistency_factor", "read_fan_out_factor",
        "read_fan_out_delay_ms", "on_disk_payload", "sparse_vectors",
    ];

    public static JsonObject Of(StoredCollection collection, ServerVersion version) => new()
    {
        ["status"] = "green",
        ["optimizer_status"] = "ok",
        ["indexed_vectors_count"] = 0,
        ["points_count"] = collection.Points.Count,
        ["segments_count"] = 1,
        ["config"] = Config(collection.Settings.Json, version),
        ["payload_schema"] = new JsonObject(collection.Indexes.Select(index =>
            KeyValuePair.Create<string, JsonNode?>(index.Key, IndexInfo(collection, index.Key, index.Value)))),
    };

    private static JsonObject Config(JsonObject settings, ServerVersion version)
    {
        var config = new JsonObject
        {
            ["params"] = Parameters(settings, version),
            ["hnsw_config"] = Over(
                new JsonObject { ["m"] = 16, ["ef_construct"] = 100, ["full_scan_threshold"] = 10000, ["max_indexing_threads"] = 0 },
                settings["hnsw_config"]),
            ["optimizer_config"] = Over(
                new JsonObject
                {
                    ["deleted_threshold"] = 0.2,
                    ["vacuum_min_vector_number"] = 1000,
                    ["default_segment_number"] = 0,
                    ["indexing_threshold"] = version.Knows(Feature.Memory) ? 10000 : 20000,
                    ["flush_interval_sec"] = 5,
                },
                settings["optimizers_config"]),
            ["wal_config"] = Over(new JsonObject { ["wal_capacity_mb"] = 32, ["wal_segments_ahead"] = 0, ["wal_retain_closed"] = 1 }, settings["wal_config"]),
            ["quantization_config"] = settings["quantization_config"]?.DeepClone(),
        };
        if (settings["strict_mode_config"] is { } strict)
        {
            config["strict_mode_config"] = Over([], strict);
        }

        if (!version.Knows(Feature.Memory))
        {
            // An older server has read past `memory`, and so does not know it any more.
            Forget(config, "memory");
        }

        if (version.Knows(Feature.Metadata) && settings["metadata"] is { } metadata)
        {
            config["metadata"] = metadata.DeepClone();
        }

        return config;
    }

    private static JsonObject Parameters(JsonObject settings, ServerVersion version)
    {
        var parameters = new JsonObject
        {
            ["vectors"] = settings["vectors"]?.DeepClone() ?? new JsonObject(),
            ["shard_number"] = 1,
            ["replication_factor"] = 1,
            ["write_consistency_factor"] = 1,
            ["on_disk_payload"] = true,
        };
        foreach (var name in version.Knows(Feature.Memory) ? [.. Echoed, "payload"] : Echoed)
        {
            if (settings[name] is { } given)
            {
                parameters[name] = given.DeepClone();
            }
        }

        return parameters;
    }

    private static JsonObject IndexInfo(StoredCollection collection, string field, JsonObject schema) => new()
    {
        ["data_type"] = schema["type"]!.GetValue<string>(),
        ["params"] = schema.Count > 1 ? schema.DeepClone() : null,
        ["points"] = collection.Points.Values.Count(point => PayloadPath.Parse(field).Values(point.Payload).Any()),
    };

    private static JsonObject Over(JsonObject defaults, JsonNode? given)
    {
        foreach (var (name, value) in given as JsonObject ?? [])
        {
            if (value is not null)
            {
                defaults[name] = value.DeepClone();
            }
        }

        // The description knows only the number: "auto" is described by its absence.
        if (defaults["max_optimization_threads"] is JsonValue threads && threads.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            defaults.Remove("max_optimization_threads");
        }

        return defaults;
    }

    private static void Forget(JsonObject parent, string name)
    {
        parent.Remove(name);
        foreach (var child in parent.Select(member => member.Value).OfType<JsonObject>().ToList())
        {
            Forget(child, name);
        }
    }
}
