using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Qdrant.Model;

/// <summary>Conditions that must all hold, of which at least one should, and none may. What is null asks for nothing.</summary>
internal sealed record Filter
{
    public IReadOnlyList<Condition>? Must { get; init; }

    public IReadOnlyList<Condition>? Should { get; init; }

    public IReadOnlyList<Condition>? MustNot { get; init; }
}

/// <summary>One condition of a <see cref="Model.Filter"/>. On a field that holds a list, it holds where any element satisfies it.</summary>
[JsonConverter(typeof(ConditionConverter))]
internal abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>The field equals the text.</summary>
    public sealed record MatchKeyword(string Key, string Value) : Condition;

    /// <summary>The field equals one of the texts.</summary>
    public sealed record MatchAny(string Key, IReadOnlyList<string> Values) : Condition;

    /// <summary>The field, which has a text index, contains each of the text's tokens.</summary>
    public sealed record MatchText(string Key, string Text) : Condition;

    /// <summary>The field, whose text index keeps positions, contains the text's tokens one after the other.</summary>
    public sealed record MatchPhrase(string Key, string Text) : Condition;

    /// <summary>The number lies within the bounds, both included.</summary>
    public sealed record Range(string Key, double? Gte, double? Lte) : Condition;

    /// <summary>The time lies in [gte, lt), to the microsecond.</summary>
    public sealed record DatetimeRange(string Key, DateTime? Gte, DateTime? Lt) : Condition;

    /// <summary>The place lies within the radius, in metres.</summary>
    public sealed record GeoRadius(string Key, double Latitude, double Longitude, double Metres) : Condition;

    /// <summary>One element of the list satisfies the filter by itself.</summary>
    public sealed record Nested(string Key, Filter Filter) : Condition;

    /// <summary>A filter inside the filter.</summary>
    public sealed record Where(Filter Filter) : Condition;
}

internal sealed class ConditionConverter : JsonConverter<Condition>
{
    public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Only requests carry conditions.");

    public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options)
    {
        if (value is Condition.Where where)
        {
            JsonSerializer.Serialize(writer, where.Filter, QdrantJson.Default.Filter);
            return;
        }

        writer.WriteStartObject();
        switch (value)
        {
            case Condition.MatchKeyword match:
                WriteMatch(writer, match.Key, "value"u8, match.Value);
                break;
            case Condition.MatchText match:
                WriteMatch(writer, match.Key, "text"u8, match.Text);
                break;
            case Condition.MatchPhrase match:
                WriteMatch(writer, match.Key, "phrase"u8, match.Text);
                break;
            case Condition.MatchAny match:
                WriteMatchAny(writer, match);
                break;
            case Condition.Range range:
                WriteRange(writer, range);
                break;
            case Condition.DatetimeRange range:
                WriteRange(writer, range);
                break;
            case Condition.GeoRadius geo:
                WriteGeo(writer, geo);
                break;
            case Condition.Nested nested:
                WriteNested(writer, nested);
                break;
            default:
                throw new JsonException($"A condition cannot be a {value.GetType()}.");
        }

        writer.WriteEndObject();
    }

    private static void WriteMatch(Utf8JsonWriter writer, string key, ReadOnlySpan<byte> kind, string value)
    {
        writer.WriteString("key"u8, key);
        writer.WriteStartObject("match"u8);
        writer.WriteString(kind, value);
        writer.WriteEndObject();
    }

    private static void WriteMatchAny(Utf8JsonWriter writer, Condition.MatchAny match)
    {
        writer.WriteString("key"u8, match.Key);
        writer.WriteStartObject("match"u8);
        writer.WriteStartArray("any"u8);
        foreach (var value in match.Values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter writer, Condition.Range range)
    {
        writer.WriteString("key"u8, range.Key);
        writer.WriteStartObject("range"u8);
        if (range.Gte is { } gte)
        {
            writer.WriteNumber("gte"u8, gte);
        }

        if (range.Lte is { } lte)
        {
            writer.WriteNumber("lte"u8, lte);
        }

        writer.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter writer, Condition.DatetimeRange range)
    {
        writer.WriteString("key"u8, range.Key);
        writer.WriteStartObject("range"u8);
        if (range.Gte is { } gte)
        {
            writer.WriteString("gte"u8, DateTime.SpecifyKind(gte, DateTimeKind.Utc));
        }

        if (range.Lt is { } lt)
        {
            writer.WriteString("lt"u8, DateTime.SpecifyKind(lt, DateTimeKind.Utc));
        }

        writer.WriteEndObject();
    }

    private static void WriteGeo(Utf8JsonWriter writer, Condition.GeoRadius geo)
    {
        writer.WriteString("key"u8, geo.Key);
        writer.WriteStartObject("geo_radius"u8);
        writer.WriteStartObject("center"u8);
        writer.WriteNumber("lat"u8, geo.Latitude);
        writer.WriteNumber("lon"u8, geo.Longitude);
        writer.WriteEndObject();
        writer.WriteNumber("radius"u8, geo.Metres);
        writer.WriteEndObject();
    }

    private static void WriteNested(Utf8JsonWriter writer, Condition.Nested nested)
    {
        writer.WriteStartObject("nested"u8);
        writer.WriteString("key"u8, nested.Key);
        writer.WritePropertyName("filter"u8);
        JsonSerializer.Serialize(writer, nested.Filter, QdrantJson.Default.Filter);
        writer.WriteEndObject();
    }
}
