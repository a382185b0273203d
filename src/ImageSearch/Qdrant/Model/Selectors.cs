using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Qdrant.Model;

/// <summary>Which part of payloads an answer carries.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record PayloadSelector
{
    private readonly string? _kind;
    private readonly IReadOnlyList<string> _keys = [];

    private PayloadSelector(string? kind, IReadOnlyList<string> keys) => (_kind, _keys) = (kind, keys);

    /// <summary>Nothing.</summary>
    public static PayloadSelector None { get; } = new(null, []);

    /// <summary>These keys alone.</summary>
    public static PayloadSelector Include(params IReadOnlyList<string> keys) => new("include", keys);

    /// <summary>All but these keys.</summary>
    public static PayloadSelector Exclude(params IReadOnlyList<string> keys) => new("exclude", keys);

    internal sealed class Converter : JsonConverter<PayloadSelector>
    {
        public override PayloadSelector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Only requests select payloads.");

        public override void Write(Utf8JsonWriter writer, PayloadSelector value, JsonSerializerOptions options)
        {
            if (value._kind is not { } kind)
            {
                writer.WriteBooleanValue(false);
                return;
            }

            writer.WriteStartObject();
            writer.WriteStartArray(kind);
            foreach (var key in value._keys)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}

/// <summary>Which vectors an answer carries.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record VectorsSelector
{
    private readonly string? _name;

    private VectorsSelector(string? name) => _name = name;

    /// <summary>None.</summary>
    public static VectorsSelector None { get; } = new((string?)null);

    /// <summary>The vector of this name.</summary>
    public static VectorsSelector Named(string name) => new(name);

    internal sealed class Converter : JsonConverter<VectorsSelector>
    {
        public override VectorsSelector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Only requests select vectors.");

        public override void Write(Utf8JsonWriter writer, VectorsSelector value, JsonSerializerOptions options)
        {
            if (value._name is not { } name)
            {
                writer.WriteBooleanValue(false);
                return;
            }

            writer.WriteStartArray();
            writer.WriteStringValue(name);
            writer.WriteEndArray();
        }
    }
}
