using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>A collection's settings in the form of the request that creates it, kept up to date by later changes.</summary>
internal sealed class CollectionSettings
{
    private static readonly string[] Counts = ["shard_number", "replication_factor", "write_consistency_factor"];
    private static readonly (string Part, string Name, int Least)[] Minima =
        [("hnsw_config", "ef_construct", 4), ("hnsw_config", "full_scan_threshold", 10), ("optimizers_config", "vacuum_min_vector_number", 100)];

    private static readonly string[] Quantizations = ["scalar", "product", "binary", "turbo"];

    public CollectionSettings(JsonElement created, ServerVersion version)
    {
        Version = version;
        foreach (var count in Counts)
        {
            created.Count(count, fallback: 1, minimum: 1);
        }

        CheckMinima(created);
        Vectors = ReadVectors(created);
        Json = JsonNode.Parse(created.AsObject().GetRawText())!.AsObject();
        CheckQuantization(Json["quantization_config"]);
        if (created.Find("payload")?.Find("memory")?.AsText() == "pinned")
        {
            throw QdrantRefusal.BadInput("Memory placement `pinned` is not supported for payload storage");
        }
    }

    /// <summary>The version of the server that made the collection.</summary>
    public ServerVersion Version { get; }

    public JsonObject Json { get; }

    public IReadOnlyDictionary<string, VectorParameters> Vectors { get; private set; }

    /// <summary>The strict mode's limits, or null while it is off.</summary>
    public JsonElement? StrictMode =>
        Json["strict_mode_config"] is JsonObject strict && strict["enabled"]?.GetValue<bool>() == true ? JsonSerializer.SerializeToElement(strict) : null;

    public void Change(JsonElement change)
    {
        CheckMinima(change);
        foreach (var part in new[] { "hnsw_config", "optimizers_config", "strict_mode_config" })
        {
            Merge(Json, part, change.Find(part));
        }

        foreach (var parameter in change.Find("params")?.EnumerateObject() ?? default)
        {
            Json[parameter.Name] = JsonNode.Parse(parameter.Value.GetRawText());
        }

        foreach (var part in new[] { "vectors", "sparse_vectors" })
        {
            ChangeVectors(part, change.Find(part));
        }

        if (change.Find("quantization_config") is { } quantization)
        {
            Json["quantization_config"] = Quantization(quantization);
        }

        if (Version.Knows(Feature.Metadata) && change.Find("metadata") is { } metadata)
        {
            Merge(Json, "metadata", metadata);
            RemoveNulls(Json["metadata"]!.AsObject());
        }
    }

    public void AddVector(string name, JsonElement config)
    {
        var (part, parameters) = config.Find("dense") is { } dense ? ("vectors", dense) : ("sparse_vectors", config.Need("sparse"));
        if (Vectors.ContainsKey(name))
        {
            throw QdrantRefusal.Conflict($"Vector `{name}` already exists!");
        }

        if (Json[part] is not JsonObject map)
        {
            Json[part] = map = [];
        }

        map[name] = JsonNode.Parse(parameters.GetRawText());
        Vectors = ReadVectors(JsonSerializer.SerializeToElement(Json));
    }

    public void RemoveVector(string name)
    {
        (Json["vectors"] as JsonObject)?.Remove(name);
        (Json["sparse_vectors"] as JsonObject)?.Remove(name);
        Vectors = ReadVectors(JsonSerializer.SerializeToElement(Json));
    }

    private static Dictionary<string, VectorParameters> ReadVectors(JsonElement created)
    {
        var vectors = new Dictionary<string, VectorParameters>();
        if (created.Find("vectors") is { } dense)
        {
            var named = dense.Find("size") is not null ? [("", dense)] : dense.AsObject().EnumerateObject().Select(item => (item.Name, item.Value));
            foreach (var (name, parameters) in named)
            {
                vectors.Add(name, VectorParameters.ParseDense(parameters));
            }
        }

        foreach (var sparse in created.Find("sparse_vectors")?.AsObject().EnumerateObject() ?? default)
        {
            vectors.Add(sparse.Name, VectorParameters.ParseSparse(sparse.Value));
        }

        return vectors;
    }

    private void ChangeVectors(string part, JsonElement? changes)
    {
        foreach (var change in changes?.EnumerateObject() ?? default)
        {
            var isOnly = change.Name.Length == 0 && Json[part]?["size"] is not null;
            var target = (isOnly ? Json[part] : Json[part]?[change.Name]) as JsonObject
                ?? throw QdrantRefusal.BadInput($"Not existing vector name error: {change.Name}");
            foreach (var member in change.Value.EnumerateObject())
            {
                target[member.Name] = member.Name == "quantization_config" ? Quantization(member.Value) : JsonNode.Parse(member.Value.GetRawText());
            }
        }
    }

    private JsonNode? Quantization(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() == "Disabled")
        {
            return null;
        }

        var quantization = JsonNode.Parse(element.GetRawText());
        CheckQuantization(quantization);
        return quantization;
    }

    private void CheckQuantization(JsonNode? quantization)
    {
        var kind = (quantization as JsonObject)?.Select(member => member.Key).FirstOrDefault(Quantizations.Contains);
        if (quantization is not null && (kind is null || (kind == "turbo" && !Version.Knows(Feature.TurboQuant))))
        {
            throw QdrantRefusal.Format("data did not match any variant of untagged enum QuantizationConfig");
        }
    }

    private static void CheckMinima(JsonElement settings)
    {
        foreach (var (part, name, least) in Minima)
        {
            if (settings.Find(part)?.Find(name)?.AsUnsigned() is { } value && value < (ulong)least)
            {
                throw QdrantRefusal.Validation($"{part}.{name}", $"value {value} invalid, must be {least} or larger");
            }
        }
    }

    private static void Merge(JsonObject parent, string name, JsonElement? members)
    {
        if (members is not { } given)
        {
            return;
        }

        if (parent[name] is not JsonObject target)
        {
            parent[name] = target = [];
        }

        PayloadEdits.Merge(target, given.AsObject());
    }

    private static void RemoveNulls(JsonObject target)
    {
        foreach (var name in target.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            target.Remove(name);
        }
    }
}
