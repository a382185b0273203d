using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Collections, their aliases and their payload indexes.</summary>
internal sealed class CollectionOperations(QdrantStorage storage)
{
    private const int LongestName = 255;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"/\\|?*\0\u001F");
    private static readonly string[] IndexTypes = ["keyword", "integer", "float", "geo", "text", "bool", "datetime", "uuid"];

    public JsonNode List(QdrantRequest request) => new JsonObject
    {
        ["collections"] = new JsonArray([.. storage.Collections.Keys.Select(name => new JsonObject { ["name"] = name })]),
    };

    public JsonNode Create(QdrantRequest request)
    {
        var name = request.Collection;
        if (name.Length > LongestName || name.AsSpan().ContainsAny(Forbidden))
        {
            throw QdrantRefusal.Validation(
                "collection_name",
                $"value {name} invalid, must be from 1 to {LongestName} characters without any of < > : \" / \\ | ? *");
        }

        if (storage.Collections.ContainsKey(name))
        {
            throw QdrantRefusal.Conflict($"Collection `{name}` already exists!");
        }

        if (storage.Aliases.ContainsKey(name))
        {
            throw QdrantRefusal.BadInput($"Can't create collection with name {name}. Alias with the same name already exists");
        }

        storage.Collections.Add(name, new StoredCollection(name, new CollectionSettings(request.Body, storage.Version)));
        return true;
    }

    public JsonNode Get(QdrantRequest request) => CollectionDescription.Of(storage.Find(request.Collection), storage.Version);

    public JsonNode Exists(QdrantRequest request) =>
        new JsonObject { ["exists"] = storage.Collections.ContainsKey(request.Collection) || storage.Aliases.ContainsKey(request.Collection) };

    public JsonNode Update(QdrantRequest request)
    {
        storage.Find(request.Collection).Settings.Change(request.Body.AsObject());
        return true;
    }

    public JsonNode Delete(QdrantRequest request)
    {
        foreach (var alias in storage.Aliases.Where(alias => alias.Value == request.Collection).Select(alias => alias.Key).ToList())
        {
            storage.Aliases.Remove(alias);
        }

        return storage.Collections.Remove(request.Collection);
    }

    public JsonNode Cluster(QdrantRequest request) => new JsonObject
    {
        ["peer_id"] = 1,
        ["shard_count"] = 1,
        ["local_shards"] = new JsonArray(new JsonObject
        {
            ["shard_id"] = 0,
            ["points_count"] = storage.Find(request.Collection).Points.Count,
            ["state"] = "Active",
        }),
        ["remote_shards"] = new JsonArray(),
        ["shard_transfers"] = new JsonArray(),
    };

    public JsonNode Optimizations(QdrantRequest request)
    {
        storage.Find(request.Collection);
        return new JsonObject
        {
            ["summary"] = new JsonObject { ["queued_optimizations"] = 0, ["queued_segments"] = 0, ["queued_points"] = 0, ["idle_segments"] = 1 },
            ["running"] = new JsonArray(),
        };
    }

    public JsonNode Aliases(QdrantRequest request) => Describe(storage.Aliases);

    public JsonNode AliasesOfCollection(QdrantRequest request) =>
        Describe(storage.Aliases.Where(alias => alias.Value == storage.Find(request.Collection).Name));

    /// <summary>All of the list, or nothing.</summary>
    public JsonNode ChangeAliases(QdrantRequest request)
    {
        var aliases = new SortedDictionary<string, string>(storage.Aliases, StringComparer.Ordinal);
        foreach (var action in request.Body.Need("actions").AsList())
        {
            if (action.Find("create_alias") is { } create)
            {
                var (name, target) = (create.Need("alias_name").AsText(), create.Need("collection_name").AsText());
                aliases[name] = !storage.Collections.ContainsKey(target) ? throw QdrantRefusal.NoCollection(target)
                    : storage.Collections.ContainsKey(name) ? throw QdrantRefusal.Conflict($"Collection `{name}` already exists!")
                    : target;
            }
            else if (action.Find("delete_alias") is { } delete)
            {
                aliases.Remove(delete.Need("alias_name").AsText());
            }
            else if (action.Find("rename_alias") is { } rename)
            {
                var old = rename.Need("old_alias_name").AsText();
                aliases[rename.Need("new_alias_name").AsText()] = aliases.Remove(old, out var target)
                    ? target
                    : throw QdrantRefusal.NotFound($"Alias {old} does not exists!");
            }
            else
            {
                throw QdrantRefusal.Format("data did not match any variant of untagged enum AliasOperations");
            }
        }

        storage.Aliases = aliases;
        return true;
    }

    public JsonNode CreateIndex(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var field = PayloadPath.Parse(request.Body.Need("field_name").AsText()).Text;
        var schema = request.Body.Find("field_schema")
            ?? throw QdrantRefusal.BadInput($"Unable to infer type for the field '{field}'. Please specify `field_type`");
        var type = schema.ValueKind == JsonValueKind.String ? schema.GetString()! : schema.Need("type").AsText();
        if (!IndexTypes.Contains(type))
        {
            throw QdrantRefusal.Format("data did not match any variant of untagged enum PayloadFieldSchema");
        }

        new StrictMode(collection).CheckIndexes(collection.Indexes.ContainsKey(field) ? 0 : collection.Indexes.Count + 1);
        collection.Indexes[field] = schema.ValueKind == JsonValueKind.String
            ? new JsonObject { ["type"] = type }
            : JsonNode.Parse(schema.GetRawText())!.AsObject();
        return Updated(collection, request);
    }

    public JsonNode DeleteIndex(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        collection.Indexes.Remove(request.Values["field_name"]);
        return Updated(collection, request);
    }

    public JsonNode CreateVector(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        collection.Settings.AddVector(request.Values["vector_name"], request.Body);
        return Updated(collection, request);
    }

    public JsonNode DeleteVector(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var name = request.Values["vector_name"];
        collection.Parameters(name);
        collection.Settings.RemoveVector(name);
        foreach (var point in collection.Points.Values.Where(point => point.Vectors.ContainsKey(name)).ToList())
        {
            collection.Put(point with { Vectors = point.Vectors.Where(vector => vector.Key != name).ToDictionary() });
        }

        return Updated(collection, request);
    }

    public static JsonObject Updated(StoredCollection collection, QdrantRequest request) => new()
    {
        ["operation_id"] = collection.NextOperation(),
        ["status"] = request.UpdateStatus,
    };

    private static JsonObject Describe(IEnumerable<KeyValuePair<string, string>> aliases) => new()
    {
        ["aliases"] = new JsonArray([.. aliases.Select(alias => new JsonObject { ["alias_name"] = alias.Key, ["collection_name"] = alias.Value })]),
    };
}
