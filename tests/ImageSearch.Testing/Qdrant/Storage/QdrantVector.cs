using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>One vector of a point or of a query.</summary>
internal abstract record QdrantVector
{
    private QdrantVector()
    {
    }

    public abstract JsonNode ToNode();

    public static QdrantVector Parse(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Array
                ? throw QdrantRefusal.BadInput("Wrong usage of multi vectors")
                : new Dense(element.AsFloats());
        }

        return element.Find("indices") is null || element.Find("values") is null
            ? throw QdrantRefusal.Format("data did not match any variant of untagged enum Vector")
            : ParseSparse(element);
    }

    private static Sparse ParseSparse(JsonElement element)
    {
        var indices = element.Need("indices").AsList().Select(item => checked((uint)item.AsUnsigned())).ToArray();
        var values = element.Need("values").AsFloats();
        if (values.Length != indices.Length)
        {
            throw QdrantRefusal.Validation("values", "must be the same length as indices");
        }

        if (indices.Distinct().Count() != indices.Length)
        {
            throw QdrantRefusal.Validation("indices", "must be unique");
        }

        Array.Sort(indices, values);
        return new Sparse(indices, values);
    }

    public sealed record Dense(float[] Values) : QdrantVector
    {
        public override JsonNode ToNode() => new JsonArray([.. Values.Select(value => JsonValue.Create(value))]);
    }

    /// <summary>The indices are in order, each one once.</summary>
    public sealed record Sparse(uint[] Indices, float[] Values) : QdrantVector
    {
        public override JsonNode ToNode() => new JsonObject
        {
            ["indices"] = new JsonArray([.. Indices.Select(index => JsonValue.Create(index))]),
            ["values"] = new JsonArray([.. Values.Select(value => JsonValue.Create(value))]),
        };
    }
}
