using System.Text.Json.Serialization;

namespace ImageSearch.Embedding;

/// <summary>What Cohere Embed v4 takes: texts or pictures, at most 96, never both in one call.</summary>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v4.html"/>
internal sealed record CohereRequest(string InputType, int OutputDimension, IReadOnlyList<string>? Texts, IReadOnlyList<PictureUri>? Images)
{
    /// <summary>With this named, the vectors come by type.</summary>
    public IReadOnlyList<string> EmbeddingTypes { get; } = ["float"];
}

/// <summary>What it answers: the vectors in the order of the inputs.</summary>
internal sealed record CohereResponse(CohereVectors? Embeddings, string? Message);

/// <summary>The vectors of the type asked for.</summary>
internal sealed record CohereVectors(IReadOnlyList<float[]?>? Float);

/// <summary>The JSON of Cohere's bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CohereRequest))]
[JsonSerializable(typeof(CohereResponse))]
internal sealed partial class CohereJson : JsonSerializerContext;
