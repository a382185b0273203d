using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Filters;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Everything that changes points. A request is checked whole before any of it is applied.</summary>
internal sealed class PointWrites(QdrantStorage storage)
{
    public JsonNode Upsert(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var points = request.Body.Find("batch") is { } batch ? Columns(batch) : Rows(request.Body);
        var strict = new StrictMode(collection);
        strict.CheckUpdate(request.Body, points.Count);
        var stored = points.ConvertAll(point => new StoredPoint(point.Id, collection.Operations, point.Payload, collection.ParseVectors(point.Vector)));
        strict.CheckSize(collection.Points.Count + stored.Select(point => point.Id).Distinct().Count(id => !collection.Points.ContainsKey(id)));
        var version = collection.Settings.Version;
        var filter = version.Knows(Feature.Metadata) && request.Body.Find("update_filter") is { } given ? PointFilter.Parse(given, collection) : null;
        var mode = version.Knows(Feature.UpdateMode) ? request.Body.Find("update_mode")?.AsText() ?? "upsert" : "upsert";
        foreach (var point in stored)
        {
            var existing = collection.Points.GetValueOrDefault(point.Id);
            if (existing is null ? mode != "update_only" : mode != "insert_only" && filter?.Passes(existing) != false)
            {
                collection.Put(point);
            }
        }

        return CollectionOperations.Updated(collection, request);
    }

    public JsonNode Delete(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        foreach (var id in Select(collection, request.Body, Missing.Ignored))
        {
            collection.Points.Remove(id);
        }

        return CollectionOperations.Updated(collection, request);
    }

    public JsonNode SetPayload(QdrantRequest request)
    {
        var members = request.Body.Need("payload").AsObject();
        return request.Body.Find("key") is { } key
            ? EditPayloads(request, payload => PayloadPath.Parse(key.AsText()).Merge(payload, members))
            : EditPayloads(request, payload => PayloadEdits.Merge(payload, members));
    }

    public JsonNode OverwritePayload(QdrantRequest request)
    {
        var members = request.Body.Need("payload").AsObject();
        return EditPayloads(request, payload =>
        {
            payload.Clear();
            PayloadEdits.Merge(payload, members);
        });
    }

    public JsonNode DeletePayload(QdrantRequest request)
    {
        var paths = request.Body.Need("keys").AsList().Select(key => PayloadPath.Parse(key.AsText())).ToList();
        return EditPayloads(request, payload => paths.ForEach(path => path.Remove(payload)));
    }

    public JsonNode ClearPayload(QdrantRequest request) => EditPayloads(request, payload => payload.Clear());

    public JsonNode UpdateVectors(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var points = request.Body.Need("points").AsList()
            .Select(item => (Id: QdrantPointId.Parse(item.Need("id")), Vectors: collection.ParseVectors(item.Need("vector"))))
            .ToList();
        new StrictMode(collection).CheckUpdate(request.Body, points.Count);
        var filter = request.Body.Find("update_filter") is { } given ? PointFilter.Parse(given, collection) : null;
        foreach (var (point, vectors) in points.Select(item => (collection.Point(item.Id), item.Vectors)).ToList())
        {
            if (filter?.Passes(point) != false)
            {
                Edit(collection, point with { Vectors = point.Vectors.Where(vector => !vectors.ContainsKey(vector.Key)).Concat(vectors).ToDictionary() });
            }
        }

        return CollectionOperations.Updated(collection, request);
    }

    public JsonNode DeleteVectors(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var names = request.Body.Need("vector").AsList().Select(name => name.AsText()).ToHashSet();
        foreach (var name in names)
        {
            collection.Parameters(name);
        }

        foreach (var id in Select(collection, request.Body, Missing.Refused))
        {
            var point = collection.Point(id);
            Edit(collection, point with { Vectors = point.Vectors.Where(vector => !names.Contains(vector.Key)).ToDictionary() });
        }

        return CollectionOperations.Updated(collection, request);
    }

    /// <summary>One operation after the other; those before one that is refused stay done.</summary>
    public JsonNode Batch(QdrantRequest request)
    {
        var results = new JsonArray();
        foreach (var operation in request.Body.Need("operations").AsList())
        {
            var (name, body) = operation.AsObject().EnumerateObject().Select(member => (member.Name, member.Value)).FirstOrDefault();
            Func<QdrantRequest, JsonNode> apply = name switch
            {
                "upsert" => Upsert,
                "delete" => Delete,
                "set_payload" => SetPayload,
                "overwrite_payload" => OverwritePayload,
                "delete_payload" => DeletePayload,
                "clear_payload" => ClearPayload,
                "update_vectors" => UpdateVectors,
                "delete_vectors" => DeleteVectors,
                _ => throw QdrantRefusal.Format("data did not match any variant of untagged enum UpdateOperation"),
            };
            results.Add(apply(request with { Body = body }));
        }

        return results;
    }

    private JsonObject EditPayloads(QdrantRequest request, Action<JsonObject> edit)
    {
        var collection = storage.Find(request.Collection);
        foreach (var id in Select(collection, request.Body, Missing.Refused))
        {
            var point = collection.Point(id);
            Edit(collection, point with { Payload = point.Payload.With(edit) });
        }

        return CollectionOperations.Updated(collection, request);
    }

    private static void Edit(StoredCollection collection, StoredPoint point) => collection.Put(point with { Version = collection.Operations });

    private static List<QdrantPointId> Select(StoredCollection collection, JsonElement body, Missing missing)
    {
        new StrictMode(collection).CheckUpdate(body, points: 0);
        if (body.Find("points") is not { } points)
        {
            return body.Find("filter") is null
                ? throw QdrantRefusal.Format("data did not match any variant of untagged enum PointsSelector")
                : [.. collection.Points.Values.Where(PointFilter.Of(body, collection).Passes).Select(point => point.Id)];
        }

        var ids = points.AsList().Select(QdrantPointId.Parse).ToList();
        return missing == Missing.Refused ? ids.ConvertAll(id => collection.Point(id).Id) : ids;
    }

    private static List<(QdrantPointId Id, JsonElement Vector, JsonElement Payload)> Rows(JsonElement body) =>
        [.. body.Need("points").AsList().Select(point => (QdrantPointId.Parse(point.Need("id")), point.Need("vector"), Payload(point.Find("payload"))))];

    private static List<(QdrantPointId Id, JsonElement Vector, JsonElement Payload)> Columns(JsonElement batch)
    {
        var ids = batch.Need("ids").AsList().Select(QdrantPointId.Parse).ToList();
        var vectors = batch.Need("vectors");
        var payloads = batch.Find("payloads")?.AsList().ToList();
        var rows = vectors.ValueKind == JsonValueKind.Object ? NamedRows(vectors, ids.Count) : [.. vectors.AsList()];
        return rows.Count != ids.Count || (payloads is not null && payloads.Count != ids.Count)
            ? throw QdrantRefusal.Validation("batch", $"number of ids, vectors and payloads must be equal ({ids.Count} ids, {rows.Count} vectors)")
            : [.. ids.Select((id, i) => (id, rows[i], Payload(payloads?[i])))];
    }

    private static List<JsonElement> NamedRows(JsonElement vectors, int count) =>
    [
        .. Enumerable.Range(0, count).Select(row => JsonSerializer.SerializeToElement(
            vectors.EnumerateObject().Where(column => row < column.Value.GetArrayLength()).ToDictionary(column => column.Name, column => column.Value[row]))),
    ];

    private static JsonElement Payload(JsonElement? payload) =>
        payload is not { ValueKind: not JsonValueKind.Null } given ? PayloadEdits.Empty : given.AsObject().Clone();

    private enum Missing
    {
        Ignored,
        Refused,
    }
}
