using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Qdrant.Model;

/// <summary>The id of a point: a UUID, or an unsigned 64-bit number.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct PointId
{
    private PointId(Guid? uuid, ulong number) => (Uuid, Number) = (uuid, number);

    /// <summary>The UUID; null where the id is a number.</summary>
    public Guid? Uuid { get; }

    /// <summary>The number; 0 where the id is a UUID.</summary>
    public ulong Number { get; }

    public static implicit operator PointId(Guid uuid) => new(uuid, 0);

    public static implicit operator PointId(ulong number) => new(null, number);

    /// <inheritdoc/>
    public override string ToString() => Uuid?.ToString() ?? $"{Number}";

    internal sealed class Converter : JsonConverter<PointId>
    {
        public override PointId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? reader.GetUInt64() : reader.GetGuid();

        public override void Write(Utf8JsonWriter writer, PointId value, JsonSerializerOptions options)
        {
            if (value.Uuid is { } uuid)
            {
                writer.WriteStringValue(uuid);
            }
            else
            {
                writer.WriteNumberValue(value.Number);
            }
        }
    }
}
