using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>A whole collection as one JSON document. The real server's snapshots are archives that only it can read.</summary>
internal static class CollectionSnapshot
{
    public static JsonObject Of(StoredCollection collection) => new()
    {
        ["settings"] = collection.Settings.Json.DeepClone(),
        ["indexes"] = new JsonObject(collection.Indexes.Select(index => KeyValuePair.Create(index.Key, (JsonNode?)index.Value.DeepClone()))),
        ["points"] = new JsonArray([.. collection.Points.Values.Select(point => new JsonObject
        {
            ["id"] = point.Id.ToNode(),
            ["payload"] = JsonObject.Create(point.Payload),
            ["vector"] = new JsonObject(point.Vectors.Select(vector => KeyValuePair.Create<string, JsonNode?>(vector.Key, vector.Value.ToNode()))),
        })]),
    };

    public static StoredCollection Read(string name, JsonElement snapshot, ServerVersion version)
    {
        var collection = new StoredCollection(name, new CollectionSettings(snapshot.Need("settings"), version));
        foreach (var index in snapshot.Need("indexes").EnumerateObject())
        {
            collection.Indexes[index.Name] = JsonNode.Parse(index.Value.GetRawText())!.AsObject();
        }

        foreach (var point in snapshot.Need("points").AsList())
        {
            var id = QdrantPointId.Parse(point.Need("id"));
            collection.Put(new StoredPoint(id, 0, point.Need("payload").Clone(), collection.ParseVectors(point.Need("vector"))));
        }

        return collection;
    }
}
