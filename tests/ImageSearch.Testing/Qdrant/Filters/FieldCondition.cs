using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>Conditions on the values of one payload field: one value that fulfils them is enough.</summary>
internal static class FieldCondition
{
    private static readonly string[] Bounds = ["lt", "lte", "gt", "gte"];

    public static PointCondition Parse(JsonElement element, PayloadPath path, JsonObject? index, ServerVersion version)
    {
        if (element.Find("match") is { } match)
        {
            return AnyValue(path, ValueMatch.Parse(match, index, version));
        }

        if (element.Find("range") is { } range)
        {
            return AnyValue(path, ParseRange(range));
        }

        if (element.Find("geo_radius") is { } radius)
        {
            return AnyValue(path, GeoShape.Radius(radius), PayloadPathReach.Whole);
        }

        if (element.Find("geo_bounding_box") is { } box)
        {
            return AnyValue(path, GeoShape.Box(box), PayloadPathReach.Whole);
        }

        if (element.Find("values_count") is { } count)
        {
            var within = NumberBounds(count);
            return (_, payload) => within(path.Reach(payload).Sum(Count));
        }

        if (element.Find("is_empty") is { } empty)
        {
            return empty.AsFlag() ? IsEmpty(path) : (point, payload) => !IsEmpty(path)(point, payload);
        }

        if (element.Find("is_null") is { } isNull)
        {
            return isNull.AsFlag() ? IsNull(path) : (point, payload) => !IsNull(path)(point, payload);
        }

        throw element.Find("geo_polygon") is not null
            ? QdrantRefusal.Unknown("the condition `geo_polygon`")
            : QdrantRefusal.Validation("filter", "At least one field condition must be specified");
    }

    public static PointCondition IsEmpty(PayloadPath path) => (_, payload) => path.Reach(payload).All(value => Count(value) == 0);

    public static PointCondition IsNull(PayloadPath path) => (_, payload) =>
        path.Reach(payload).Concat(path.Values(payload)).Any(value => value.ValueKind == JsonValueKind.Null);

    /// <summary>The moment that a text names in RFC 3339, or a date alone; null where it names none.</summary>
    public static DateTimeOffset? Moment(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static PointCondition AnyValue(PayloadPath path, Func<JsonElement, bool> matches, PayloadPathReach reach = PayloadPathReach.EachValue) =>
        (_, payload) => path.Values(payload).Any(matches) || (reach == PayloadPathReach.Whole && path.Reach(payload).Any(matches));

    private static int Count(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => 0,
        JsonValueKind.Array => value.EnumerateArray().Count(item => item.ValueKind != JsonValueKind.Null),
        _ => 1,
    };

    private static Func<JsonElement, bool> ParseRange(JsonElement range)
    {
        if (!Bounds.Any(bound => range.Find(bound)?.ValueKind == JsonValueKind.String))
        {
            var within = NumberBounds(range);
            return value => value.ValueKind == JsonValueKind.Number && within(value.GetDouble());
        }

        var moments = Bounds.ToDictionary(bound => bound, bound => range.Find(bound) is { } given
            ? Moment(given) ?? throw QdrantRefusal.Format("data did not match any variant of untagged enum RangeInterface")
            : (DateTimeOffset?)null);
        return value => Moment(value) is { } moment
            && !(moment >= moments["lt"]) && !(moment > moments["lte"]) && !(moment <= moments["gt"]) && !(moment < moments["gte"]);
    }

    private static Func<double, bool> NumberBounds(JsonElement range)
    {
        var bounds = Bounds.ToDictionary(bound => bound, bound => range.Find(bound)?.AsNumber());
        return value => !(value >= bounds["lt"]) && !(value > bounds["lte"]) && !(value <= bounds["gt"]) && !(value < bounds["gte"]);
    }

    private enum PayloadPathReach
    {
        EachValue,
        Whole,
    }
}
