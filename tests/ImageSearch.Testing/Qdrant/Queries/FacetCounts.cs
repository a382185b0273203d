using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Filters;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>Counts the values of a payload field, the most frequent first; a point counts a value once.</summary>
internal static class FacetCounts
{
    public static JsonObject Make(StoredCollection collection, JsonElement body)
    {
        var key = body.Need("key").AsText();
        Func<JsonElement, bool> counts = collection.IndexType(key) switch
        {
            "keyword" or "uuid" => value => value.ValueKind == JsonValueKind.String,
            "integer" => value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "bool" => value => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => throw QdrantRefusal.BadInput(
                $"No appropriate index for faceting: `{key}`. Please create one to facet on this field. Check "
                + "https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Match conditions"),
        };
        var filter = PointFilter.Of(body, collection);
        var path = PayloadPath.Parse(key);
        var hits = collection.Points.Values.Where(filter.Passes)
            .SelectMany(point => path.Values(point.Payload).Where(counts).DistinctBy(value => value.ToString()))
            .GroupBy(value => value.ToString(), StringComparer.Ordinal)
            .OrderByDescending(values => values.Count())
            .ThenBy(values => values.Key, StringComparer.Ordinal)
            .Take(body.Count("limit", fallback: 10, minimum: 1))
            .Select(values => new JsonObject { ["value"] = JsonSerializer.SerializeToNode(values.First()), ["count"] = values.Count() });
        return new JsonObject { ["hits"] = new JsonArray([.. hits]) };
    }
}
