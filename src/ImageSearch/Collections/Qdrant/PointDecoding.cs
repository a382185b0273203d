using System.Runtime.InteropServices;
using System.Text.Json;
using ImageSearch.Qdrant.Model;
using WireHit = ImageSearch.Qdrant.Model.ScoredPoint;
using WireId = ImageSearch.Qdrant.Model.PointId;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Points as Qdrant gives them back.</summary>
internal static class PointDecoding
{
    /// <exception cref="CollectionException">The point is none of ours.</exception>
    public static ImagePoint Decode(RetrievedPoint point, QdrantAddress address) => Decode(point.Id, point.Payload, point.Vector, address);

    /// <exception cref="CollectionException">The point is none of ours.</exception>
    public static ScoredPoint Decode(WireHit point, QdrantAddress address) =>
        new(Decode(point.Id, point.Payload, point.Vector, address), point.Score);

    private static ImagePoint Decode(WireId id, JsonElement payload, IReadOnlyDictionary<string, Vector>? vectors, QdrantAddress address)
    {
        try
        {
            var vector = vectors?.GetValueOrDefault(PointFields.Picture) is Vector.Dense dense ? dense.Values : default;
            return new ImagePoint(
                id.Uuid ?? throw new JsonException($"The id {id} is no UUID."),
                vector,
                PayloadJson.Read(JsonMarshal.GetRawUtf8Value(payload)));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new CollectionException(
                CollectionFault.Damaged,
                $"{address} has a point {id} that was not written by ImageSearch: {exception.Message} Delete that point, or index into another collection.",
                exception);
        }
    }
}
