using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Filters;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>Orders points by a payload field that has an index for ranges: a point with several values comes several times, one with none not at all.</summary>
internal static class PayloadOrder
{
    public static IEnumerable<ScoredHit> Order(StoredCollection collection, JsonElement orderBy, IEnumerable<StoredPoint> points)
    {
        var key = orderBy.ValueKind == JsonValueKind.String ? orderBy.GetString()! : orderBy.Need("key").AsText();
        if (collection.IndexType(key) is not ("integer" or "float" or "datetime"))
        {
            throw QdrantRefusal.BadRequest(
                $"No range index for `order_by` key: `{key}`. Please create one to use `order_by`. Check "
                + "https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Range conditions");
        }

        var descends = orderBy.Find("direction")?.AsText() == "desc";
        var start = orderBy.Find("start_from") is { } from
            ? Value(from) ?? throw QdrantRefusal.Format("data did not match any variant of untagged enum StartFrom")
            : (OrderKey?)null;
        var path = PayloadPath.Parse(key);
        var found =
            from point in points
            from value in path.Values(point.Payload).Select(Value).OfType<OrderKey>()
            where start is not { } first || (descends ? value.Number <= first.Number : value.Number >= first.Number)
            select (Point: point, Value: value);
        var ordered = descends
            ? found.OrderByDescending(item => item.Value.Number).ThenByDescending(item => item.Point.Id)
            : found.OrderBy(item => item.Value.Number).ThenBy(item => item.Point.Id);
        return ordered.Select(item => new ScoredHit(item.Point, 0, item.Value.ToNode()));
    }

    private static OrderKey? Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? new OrderKey(value.GetDecimal(), value.TryGetInt64(out _))
        : FieldCondition.Moment(value) is { } moment ? new OrderKey((moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, IsWhole: true)
        : null;

    private readonly record struct OrderKey(decimal Number, bool IsWhole)
    {
        public JsonValue ToNode() => IsWhole ? JsonValue.Create((long)Number) : JsonValue.Create((double)Number);
    }
}
