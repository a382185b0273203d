using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>Puts hits together by a payload field: texts and whole numbers make groups, anything else makes none.</summary>
internal static class PointGroups
{
    public static JsonObject Make(IEnumerable<ScoredHit> hits, JsonElement body, Func<string, StoredCollection> find)
    {
        var path = PayloadPath.Parse(body.Need("group_by").AsText());
        var view = PointView.OfQuery(body);
        var lookup = body.Find("with_lookup") is { } given ? Lookup(given, find) : null;
        var groups = hits
            .SelectMany(hit => path.Values(hit.Point.Payload).Where(MakesGroup).Select(value => (Id: value.GetRawText(), Value: value, Hit: hit)))
            .DistinctBy(item => (item.Id, item.Hit.Point.Id))
            .GroupBy(item => item.Id)
            .Take(body.Count("limit", fallback: 10, minimum: 1));
        var size = body.Count("group_size", fallback: 3, minimum: 1);
        var described = groups.Select(group => Group(group.First().Value, group.Take(size).Select(item => item.Hit)));
        return new JsonObject { ["groups"] = new JsonArray([.. described]) };

        JsonObject Group(JsonElement value, IEnumerable<ScoredHit> inGroup)
        {
            var group = new JsonObject { ["hits"] = new JsonArray([.. inGroup.Select(view.Scored)]), ["id"] = JsonSerializer.SerializeToNode(value) };
            if (lookup?.Invoke(value) is { } found)
            {
                group["lookup"] = found;
            }

            return group;
        }
    }

    private static bool MakesGroup(JsonElement value) =>
        value.ValueKind == JsonValueKind.String || (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _));

    private static Func<JsonElement, JsonNode?> Lookup(JsonElement lookup, Func<string, StoredCollection> find)
    {
        var collection = find(lookup.ValueKind == JsonValueKind.String ? lookup.GetString()! : lookup.Need("collection").AsText());
        var view = PointView.OfLookup(lookup);
        return value => IsId(value) && collection.Points.GetValueOrDefault(QdrantPointId.Parse(value)) is { } point ? view.Record(point) : null;
    }

    private static bool IsId(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.TryGetUInt64(out _) : Guid.TryParse(value.GetString(), out _);
}
