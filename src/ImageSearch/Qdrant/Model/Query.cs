using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Qdrant.Model;

/// <summary>What points are ranked by.</summary>
[JsonConverter(typeof(QueryConverter))]
internal abstract record Query
{
    private Query()
    {
    }

    /// <summary>Nearest to a vector, best first.</summary>
    public sealed record Nearest(Vector Vector) : Query;

    /// <summary>Nearest to a vector and unlike one another.</summary>
    /// <param name="Vector">The vector.</param>
    /// <param name="Diversity">0 (nearest alone) … 1 (unlikeness alone).</param>
    /// <param name="CandidatesLimit">The nearest to choose from, at most 16,384; with no more of them than the limit, nothing is chosen.</param>
    public sealed record NearestWithMmr(Vector Vector, float Diversity, int CandidatesLimit) : Query;

    /// <summary>Nearest to a point, which is not itself in the answer.</summary>
    public sealed record NearestTo(PointId Id) : Query;

    /// <summary>Like the positive examples and unlike the negative ones; no example is in the answer.</summary>
    public sealed record Recommend(IReadOnlyList<PointId> Positive, IReadOnlyList<PointId> Negative, string Strategy = Recommend.BestScore) : Query
    {
        /// <summary>Each point is compared with every example by itself; negative examples alone are allowed.</summary>
        public const string BestScore = "best_score";

        /// <summary>One search with the mean of the examples; needs a positive one.</summary>
        public const string AverageVector = "average_vector";
    }

    /// <summary>Reciprocal rank fusion of what the prefetches found.</summary>
    public sealed record Fusion : Query;
}

internal sealed class QueryConverter : JsonConverter<Query>
{
    public override Query Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Only requests carry queries.");

    public override void Write(Utf8JsonWriter writer, Query value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case Query.Nearest nearest:
                JsonSerializer.Serialize(writer, nearest.Vector, QdrantJson.Default.Vector);
                break;
            case Query.NearestTo nearest:
                JsonSerializer.Serialize(writer, nearest.Id, QdrantJson.Default.PointId);
                break;
            case Query.NearestWithMmr diverse:
                WriteMmr(writer, diverse);
                break;
            case Query.Recommend recommend:
                WriteRecommend(writer, recommend);
                break;
            case Query.Fusion:
                writer.WriteStartObject();
                writer.WriteString("fusion"u8, "rrf"u8);
                writer.WriteEndObject();
                break;
            default:
                throw new JsonException($"A query cannot be a {value.GetType()}.");
        }
    }

    private static void WriteMmr(Utf8JsonWriter writer, Query.NearestWithMmr diverse)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("nearest"u8);
        JsonSerializer.Serialize(writer, diverse.Vector, QdrantJson.Default.Vector);
        writer.WriteStartObject("mmr"u8);
        writer.WriteNumber("diversity"u8, diverse.Diversity);
        writer.WriteNumber("candidates_limit"u8, diverse.CandidatesLimit);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRecommend(Utf8JsonWriter writer, Query.Recommend recommend)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("recommend"u8);
        writer.WritePropertyName("positive"u8);
        JsonSerializer.Serialize(writer, recommend.Positive, QdrantJson.Default.IReadOnlyListPointId);
        writer.WritePropertyName("negative"u8);
        JsonSerializer.Serialize(writer, recommend.Negative, QdrantJson.Default.IReadOnlyListPointId);
        writer.WriteString("strategy"u8, recommend.Strategy);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
