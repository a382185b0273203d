using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Qdrant.Model;

/// <summary>One vector of a point or a query.</summary>
[JsonConverter(typeof(VectorConverter))]
internal abstract record Vector
{
    private Vector()
    {
    }

    /// <summary>All numbers; shape [size].</summary>
    public sealed record Dense(ReadOnlyMemory<float> Values) : Vector;

    /// <summary>The numbers that are not 0, beside their places, each place once.</summary>
    public sealed record Sparse(ReadOnlyMemory<uint> Indices, ReadOnlyMemory<float> Values) : Vector;
}

/// <summary>A dense vector is an array, a sparse one an object of two.</summary>
internal sealed class VectorConverter : JsonConverter<Vector>
{
    public override Vector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.StartArray => new Vector.Dense(ReadFloats(ref reader)),
        JsonTokenType.StartObject => ReadSparse(ref reader),
        var other => throw new JsonException($"A vector begins with {other}."),
    };

    public override void Write(Utf8JsonWriter writer, Vector value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case Vector.Dense dense:
                FloatText.WriteArray(writer, dense.Values.Span);
                break;
            case Vector.Sparse sparse:
                writer.WriteStartObject();
                writer.WriteStartArray("indices"u8);
                foreach (var index in sparse.Indices.Span)
                {
                    writer.WriteNumberValue(index);
                }

                writer.WriteEndArray();
                writer.WritePropertyName("values"u8);
                FloatText.WriteArray(writer, sparse.Values.Span);
                writer.WriteEndObject();
                break;
            default:
                throw new JsonException($"A vector cannot be a {value.GetType()}.");
        }
    }

    private static Vector.Sparse ReadSparse(ref Utf8JsonReader reader)
    {
        var (indices, values) = (new List<uint>(), Array.Empty<float>());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIndices = reader.ValueTextEquals("indices"u8);
            reader.Read();
            if (!isIndices)
            {
                values = ReadFloats(ref reader);
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            {
                indices.Add(reader.GetUInt32());
            }
        }

        return new Vector.Sparse(indices.ToArray(), values);
    }

    private static float[] ReadFloats(ref Utf8JsonReader reader)
    {
        var values = new List<float>(1024);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            values.Add(reader.GetSingle());
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. values] : throw new JsonException($"A vector holds {reader.TokenType}.");
    }
}
