using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Qdrant.Model;

/// <summary>A point to write. The payload replaces the one that was there, whole.</summary>
/// <param name="Id">The id.</param>
/// <param name="Vector">Its vectors by name.</param>
/// <param name="Payload">A JSON object in UTF-8, sent as it is.</param>
internal sealed record PointStruct(
    PointId Id,
    IReadOnlyDictionary<string, Vector> Vector,
    [property: JsonConverter(typeof(RawJsonConverter))] ReadOnlyMemory<byte> Payload);

/// <summary>A point that was read.</summary>
internal sealed record RetrievedPoint(PointId Id, JsonElement Payload, IReadOnlyDictionary<string, Vector>? Vector);

/// <summary>A point that a query found. <see cref="Score"/>: by cosine, −1…1; by a sparse vector, the weighted sum.</summary>
internal sealed record ScoredPoint(PointId Id, float Score, JsonElement Payload, IReadOnlyDictionary<string, Vector>? Vector);

internal sealed record UpsertPoints(IReadOnlyList<PointStruct> Points);

internal sealed record DeletePoints(IReadOnlyList<PointId>? Points, Filter? Filter);

internal sealed record GetPoints(IReadOnlyList<PointId> Ids, PayloadSelector WithPayload, VectorsSelector WithVector);

internal sealed record ScrollPoints
{
    public Filter? Filter { get; init; }

    public PointId? Offset { get; init; }

    /// <summary>Not together with an offset; null orders by id.</summary>
    public OrderBy? OrderBy { get; init; }

    public required int Limit { get; init; }

    public required PayloadSelector WithPayload { get; init; }

    public VectorsSelector WithVector { get; init; } = VectorsSelector.None;
}

/// <summary>An order by a field that has an index for ranges; points without the field are left out.</summary>
internal sealed record OrderBy(string Key, string Direction)
{
    public const string Ascending = "asc";
    public const string Descending = "desc";
}

/// <summary>One page of a scroll; <see cref="NextPageOffset"/> is null at the end, and always where the order is not that of ids.</summary>
internal sealed record ScrollResponse(IReadOnlyList<RetrievedPoint> Points, PointId? NextPageOffset);

internal sealed record CountPoints(Filter? Filter, bool Exact);

internal sealed record CountResult(long Count);

internal sealed record FacetCounts(string Key, Filter? Filter, int Limit, bool Exact);

/// <summary>Values with the numbers of points that have them, most frequent first.</summary>
internal sealed record FacetResponse(IReadOnlyList<FacetHit> Hits);

/// <summary>A value, which is a text, a whole number or a truth value.</summary>
internal sealed record FacetHit(JsonElement Value, long Count);

/// <summary>How far a write has come. An unknown status counts as not done.</summary>
internal sealed record UpdateResult(ulong? OperationId, string Status)
{
    /// <summary>Applied, durable and found by searches.</summary>
    public const string Completed = "completed";

    /// <summary>Whether searches find it.</summary>
    [JsonIgnore]
    public bool IsCompleted => Status == Completed;
}

/// <summary>Bytes that are JSON already.</summary>
internal sealed class RawJsonConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Only requests carry raw JSON.");

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Span, skipInputValidation: true);
}
