using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Nova Multimodal Embeddings as its page describes it, as far as texts and pictures go, with what was seen of the service itself.</summary>
internal sealed class NovaEmbedding(FakeBedrockOptions options)
{
    // The page says 8,192; the service was seen to refuse only beyond this, and to cut by tokens before.
    private const int MostCharacters = 50_000;
    private const string Params = "#/singleEmbeddingParams";

    private static readonly string[] Purposes =
    [
        "GENERIC_INDEX", "GENERIC_RETRIEVAL", "TEXT_RETRIEVAL", "IMAGE_RETRIEVAL", "VIDEO_RETRIEVAL", "DOCUMENT_RETRIEVAL", "AUDIO_RETRIEVAL",
        "CLASSIFICATION", "CLUSTERING",
    ];

    public async Task<FakeAnswer> InvokeAsync(JsonElement body, CancellationToken cancellationToken)
    {
        ModelSchema.CheckMembers(body, "#", "schemaVersion", "taskType", "singleEmbeddingParams");
        ModelSchema.OneOf(body, "#", "taskType", "SINGLE_EMBEDDING");
        if (body.TryGetProperty("schemaVersion", out _))
        {
            ModelSchema.OneOf(body, "#", "schemaVersion", "nova-multimodal-embed-v1");
        }

        var asked = ModelSchema.Required(body, "#", "singleEmbeddingParams");
        ModelSchema.CheckMembers(asked, Params, "embeddingPurpose", "embeddingDimension", "text", "image");
        var purpose = ModelSchema.OneOf(asked, Params, "embeddingPurpose", Purposes);
        var dimension = ModelSchema.OneOf(asked, Params, "embeddingDimension", 3072, 256, 384, 1024, 3072);
        var (hasText, hasImage) = (asked.TryGetProperty("text", out var text), asked.TryGetProperty("image", out var image));
        if (hasText == hasImage)
        {
            throw BedrockRefusal.Malformed($"{Params}: exactly one of [text], [image] is required");
        }

        var answer = new JsonObject { ["embeddingType"] = hasText ? "TEXT" : "IMAGE" };
        AIContent content = hasText ? Text(text, answer) : Image(image);
        var vector = await options.Embed(content, dimension, cancellationToken);
        answer["embedding"] = AsymmetricVectors.ToJson(vector, isQuery: purpose.EndsWith("RETRIEVAL", StringComparison.Ordinal));
        return new FakeAnswer(new JsonObject { ["embeddings"] = new JsonArray(answer) })
        {
            InputTokens = content is TextContent used ? TitanImageEmbedding.CountTokens(used.Text) : null,
        };
    }

    private TextContent Text(JsonElement text, JsonObject answer)
    {
        ModelSchema.CheckMembers(text, $"{Params}/text", "truncationMode", "value");
        var mode = ModelSchema.OneOf(text, $"{Params}/text", "truncationMode", "START", "END", "NONE");
        var value = ModelSchema.Text(ModelSchema.Required(text, $"{Params}/text", "value"), $"{Params}/text/value", MostCharacters);
        if (TitanImageEmbedding.CountTokens(value) <= options.NovaMaxTokens)
        {
            return new TextContent(value);
        }

        if (mode != "END")
        {
            throw BedrockRefusal.Validation("The text exceeds the maximum number of tokens.");
        }

        var length = value.Length;
        while (TitanImageEmbedding.CountTokens(value[..length]) > options.NovaMaxTokens)
        {
            length--;
        }

        answer["truncatedCharLength"] = length;
        return new TextContent(value[..length]);
    }

    private static DataContent Image(JsonElement image)
    {
        ModelSchema.CheckMembers(image, $"{Params}/image", "detailLevel", "format", "source");
        var format = ModelSchema.OneOf(image, $"{Params}/image", "format", "png", "jpeg", "gif", "webp");
        var source = ModelSchema.Required(image, $"{Params}/image", "source");
        var encoded = ModelSchema.Required(source, $"{Params}/image/source", "bytes");
        if (encoded.ValueKind != JsonValueKind.String || !encoded.TryGetBytesFromBase64(out var bytes))
        {
            throw BedrockRefusal.Malformed($"{Params}/image/source/bytes: failed validation of base64 format");
        }

        return ImageHeader.FormatOf(bytes) == format
            ? new DataContent(bytes, $"image/{format}")
            : throw BedrockRefusal.Validation($"Invalid image: it is no {format}.");
    }
}
