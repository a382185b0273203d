using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>What a collection says of one of its vectors.</summary>
internal abstract record VectorParameters
{
    private VectorParameters()
    {
    }

    /// <summary>Checks a vector that is stored or asked with, and brings it into the form in which it is stored.</summary>
    public abstract QdrantVector Accept(QdrantVector vector);

    public static Dense ParseDense(JsonElement parameters)
    {
        var size = parameters.Need("size").AsUnsigned();
        if (size is < 1 or > 65536)
        {
            throw QdrantRefusal.Validation("vectors.size", $"value {size} invalid, must be from 1 to 65536");
        }

        var distance = parameters.Need("distance").AsText();
        if (parameters.Find("memory")?.AsText() == "pinned")
        {
            throw QdrantRefusal.BadInput("Memory placement `pinned` is not supported for dense vector storage");
        }

        return Enum.TryParse<Distance>(distance, out var known)
            ? new Dense((int)size, known)
            : throw QdrantRefusal.Format($"unknown variant `{distance}`, expected one of `Cosine`, `Euclid`, `Dot`, `Manhattan`");
    }

    public static Sparse ParseSparse(JsonElement parameters) => new(parameters.Find("modifier")?.AsText() == "idf");

    public sealed record Dense(int Size, Distance Distance) : VectorParameters
    {
        public override QdrantVector Accept(QdrantVector vector)
        {
            if (vector is not QdrantVector.Dense dense)
            {
                throw QdrantRefusal.BadInput("Conversion between sparse and regular vectors failed");
            }

            return dense.Values.Length != Size
                ? throw QdrantRefusal.BadInput($"Vector dimension error: expected dim: {Size}, got {dense.Values.Length}")
                : Distance == Distance.Cosine ? new QdrantVector.Dense(Distances.Normalise(dense.Values)) : dense;
        }
    }

    public sealed record Sparse(bool HasIdf) : VectorParameters
    {
        public override QdrantVector Accept(QdrantVector vector) =>
            vector as QdrantVector.Sparse ?? throw QdrantRefusal.BadInput("Conversion between sparse and regular vectors failed");
    }
}
