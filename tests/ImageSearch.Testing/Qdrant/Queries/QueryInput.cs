using System.Text.Json;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>A vector to ask with: given as it is, or as the id of a point that has it.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Ids">The point's id where one was given that must not answer its own question.</param>
internal sealed record QueryInput(QdrantVector Vector, IReadOnlySet<QdrantPointId> Ids)
{
    public static QueryInput Parse(JsonElement element, VectorSource source)
    {
        if (element.ValueKind is JsonValueKind.Array || element.Find("indices") is not null)
        {
            return new QueryInput(source.Asked.Parameters(source.Using).Accept(QdrantVector.Parse(element)), new HashSet<QdrantPointId>());
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            throw element.Find("model") is not null
                ? QdrantRefusal.Unknown("inference")
                : QdrantRefusal.Format("data did not match any variant of untagged enum QueryInterface");
        }

        var id = QdrantPointId.Parse(element);
        var vector = source.Collection.Point(id).Vectors.GetValueOrDefault(source.Vector)
            ?? throw QdrantRefusal.NotFound($"Vector with name {source.Vector} for point {id} not found");
        return new QueryInput(vector, source.Collection == source.Asked ? new HashSet<QdrantPointId> { id } : []);
    }
}
