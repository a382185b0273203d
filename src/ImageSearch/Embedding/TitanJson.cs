using System.Text.Json.Serialization;

namespace ImageSearch.Embedding;

/// <summary>What Titan Multimodal Embeddings takes: a text, a picture in base64, or both.</summary>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html"/>
internal sealed record TitanRequest(string? InputText, ReadOnlyMemory<byte>? InputImage, TitanEmbeddingConfig EmbeddingConfig);

/// <summary>How long the vector is: 256, 384 or 1,024 numbers.</summary>
internal sealed record TitanEmbeddingConfig(int OutputEmbeddingLength);

/// <summary>What it answers. The vector is not promised to be of unit length, and <c>Message</c> is an error also where the status is 200.</summary>
internal sealed record TitanResponse(float[]? Embedding, int? InputTextTokenCount, string? Message);

/// <summary>The JSON of Titan's bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TitanRequest))]
[JsonSerializable(typeof(TitanResponse))]
internal sealed partial class TitanJson : JsonSerializerContext;
