using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>The id of a point: an unsigned number of 64 bits, or a UUID. Numbers come before UUIDs.</summary>
internal readonly record struct QdrantPointId(ulong? Number, Guid Uuid) : IComparable<QdrantPointId>
{
    public static QdrantPointId Parse(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetUInt64(out var number) => new(number, Guid.Empty),
            JsonValueKind.String when Guid.TryParse(element.GetString(), out var uuid) => new(null, uuid),
            _ => throw QdrantRefusal.Format(
                $"value {element.GetRawText()} is not a valid point ID, valid values are either an unsigned integer or a UUID"),
        };

    /// <summary>Reads the id from a path, where it has no quotes.</summary>
    public static QdrantPointId Parse(string text) =>
        ulong.TryParse(text, out var number) ? new(number, Guid.Empty)
        : Guid.TryParse(text, out var uuid) ? new(null, uuid)
        : throw QdrantRefusal.BadInput($"Can not recognize \"{text}\" as point id");

    public JsonNode ToNode() => Number is { } number ? JsonValue.Create(number) : JsonValue.Create(ToString());

    public int CompareTo(QdrantPointId other) => (Number, other.Number) switch
    {
        ({ } mine, { } others) => mine.CompareTo(others),
        ({ }, null) => -1,
        (null, { }) => 1,
        _ => Uuid.CompareTo(other.Uuid),
    };

    public override string ToString() => Number?.ToString() ?? Uuid.ToString("D");
}
