using System.Text.Json.Serialization;

namespace ImageSearch.Embedding;

/// <summary>What Nova Multimodal Embeddings takes.</summary>
/// <seealso href="https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html"/>
internal sealed record NovaRequest(NovaSingleEmbedding SingleEmbeddingParams)
{
    public string SchemaVersion { get; } = "nova-multimodal-embed-v1";

    public string TaskType { get; } = "SINGLE_EMBEDDING";
}

/// <summary>One input, a text or a picture, and what its vector is for.</summary>
internal sealed record NovaSingleEmbedding(string EmbeddingPurpose, int EmbeddingDimension, NovaText? Text, NovaImage? Image);

/// <summary>A text of at most 8,192 characters, and which end is left out where its tokens are too many: START, END, or NONE for an error.</summary>
internal sealed record NovaText(string Value, string TruncationMode);

/// <summary>A picture: png, jpeg, gif or webp; STANDARD_IMAGE, or DOCUMENT_IMAGE for pages to be read.</summary>
internal sealed record NovaImage(string Format, NovaSource Source, string DetailLevel);

/// <summary>Bytes in base64.</summary>
internal sealed record NovaSource(ReadOnlyMemory<byte> Bytes);

/// <summary>What it answers: one vector for a text or a picture.</summary>
internal sealed record NovaResponse(IReadOnlyList<NovaEmbedding?>? Embeddings, string? Message);

/// <summary>A vector, and where the text was cut because its tokens were too many.</summary>
internal sealed record NovaEmbedding(float[]? Embedding, int? TruncatedCharLength);

/// <summary>The JSON of Nova's bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NovaRequest))]
[JsonSerializable(typeof(NovaResponse))]
internal sealed partial class NovaJson : JsonSerializerContext;
