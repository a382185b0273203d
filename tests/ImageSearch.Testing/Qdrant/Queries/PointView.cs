using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>How much of a point the answer shows.</summary>
internal sealed class PointView
{
    private readonly Func<JsonElement, JsonNode?> _payload;
    private readonly Func<string, bool>? _vectors;

    private PointView(JsonElement? withPayload, bool payloadByDefault, JsonElement? withVector)
    {
        _payload = ParsePayload(withPayload, payloadByDefault);
        _vectors = withVector switch
        {
            null or { ValueKind: JsonValueKind.False } => null,
            { ValueKind: JsonValueKind.True } => _ => true,
            { } names => names.AsList().Select(name => name.AsText()).ToHashSet().Contains,
        };
    }

    /// <summary>As a request for records says: with the payload unless it says otherwise.</summary>
    public static PointView OfRecords(JsonElement body) => new(body.Find("with_payload"), payloadByDefault: true, body.Find("with_vector"));

    /// <summary>As a query says: without the payload unless it says otherwise.</summary>
    public static PointView OfQuery(JsonElement body) =>
        new(body.Find("with_payload"), payloadByDefault: false, body.Find("with_vector") ?? body.Find("with_vectors"));

    /// <summary>As the look-up of groups says.</summary>
    public static PointView OfLookup(JsonElement lookup) =>
        new(lookup.Find("with_payload"), payloadByDefault: true, lookup.Find("with_vectors") ?? lookup.Find("with_vector"));

    public JsonObject Record(StoredPoint point, JsonNode? orderValue = null)
    {
        var record = new JsonObject { ["id"] = point.Id.ToNode() };
        AddContent(record, point);
        if (orderValue is not null)
        {
            record["order_value"] = orderValue;
        }

        return record;
    }

    public JsonObject Scored(ScoredHit hit)
    {
        var scored = new JsonObject { ["id"] = hit.Point.Id.ToNode(), ["version"] = hit.Point.Version, ["score"] = hit.Score };
        AddContent(scored, hit.Point);
        if (hit.OrderValue is not null)
        {
            scored["order_value"] = hit.OrderValue;
        }

        return scored;
    }

    private void AddContent(JsonObject target, StoredPoint point)
    {
        if (_payload(point.Payload) is { } payload)
        {
            target["payload"] = payload;
        }

        if (_vectors is { } wanted)
        {
            var shown = point.Vectors.Where(vector => wanted(vector.Key)).ToList();
            target["vector"] = shown is [{ Key: "" } only]
                ? only.Value.ToNode()
                : new JsonObject(shown.Select(vector => KeyValuePair.Create<string, JsonNode?>(vector.Key, vector.Value.ToNode())));
        }
    }

    private static Func<JsonElement, JsonNode?> ParsePayload(JsonElement? selector, bool byDefault)
    {
        switch (selector)
        {
            case null:
                return payload => byDefault ? JsonObject.Create(payload) : null;
            case { ValueKind: JsonValueKind.True or JsonValueKind.False }:
                return payload => selector.Value.GetBoolean() ? JsonObject.Create(payload) : null;
            case { ValueKind: JsonValueKind.Array } fields:
                return Including(fields);
        }

        var members = selector.Value.AsObject().EnumerateObject().Select(member => member.Name);
        if (members.FirstOrDefault(name => name is not ("include" or "exclude")) is { } unknown)
        {
            throw QdrantRefusal.Format($"unknown field `{unknown}`, expected `include` or `exclude`");
        }

        return selector.Value.Find("include") is { } include ? Including(include) : Excluding(selector.Value.Need("exclude"));
    }

    private static Func<JsonElement, JsonNode?> Including(JsonElement fields)
    {
        var paths = fields.AsList().Select(field => field.AsText().Replace("[]", "", StringComparison.Ordinal)).ToList();
        return payload => Part(payload, "", paths) ?? new JsonObject();
    }

    private static Func<JsonElement, JsonNode?> Excluding(JsonElement fields)
    {
        var paths = fields.AsList().Select(field => PayloadPath.Parse(field.AsText())).ToList();
        return payload => JsonObject.Create(payload.With(copy => paths.ForEach(path => path.Remove(copy))));
    }

    /// <summary>What of a value lies on one of the paths, or null.</summary>
    private static JsonNode? Part(JsonElement value, string at, List<string> paths)
    {
        if (paths.Contains(at))
        {
            return JsonSerializer.SerializeToNode(value);
        }

        if (at.Length > 0 && !paths.Exists(path => path.StartsWith(at + ".", StringComparison.Ordinal)))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var prefix = at.Length == 0 ? "" : $"{at}.";
                var parts = value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Part(member.Value, prefix + member.Name, paths)));
                return new JsonObject(parts.Where(member => member.Value is not null));
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(item => Part(item, at, paths))]);
            default:
                return null;
        }
    }
}
