using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Titan Multimodal Embeddings G1 as its page describes it: one text, one picture, or both averaged.</summary>
internal sealed class TitanImageEmbedding(FakeBedrockOptions options)
{
    private const int MaxSide = 2048;

    /// <summary>How many tokens a text is counted as: 4.7 characters of ASCII, or one character of any other script, are one.</summary>
    public static int CountTokens(string text)
    {
        var ascii = text.Count(char.IsAscii);
        var others = text.EnumerateRunes().Count(rune => !rune.IsAscii);
        return (int)Math.Ceiling(ascii / 4.7) + others;
    }

    public async Task<FakeAnswer> InvokeAsync(JsonElement body, CancellationToken cancellationToken)
    {
        ModelSchema.CheckMembers(body, "#", "inputText", "inputImage", "embeddingConfig");
        var dimension = Dimension(body);
        var text = Text(body);
        var image = Image(body);
        if (text is null && image is null)
        {
            throw BedrockRefusal.Malformed("#: at least one of [inputText], [inputImage] is required");
        }

        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var content in new AIContent?[] { text is null ? null : new TextContent(text), image })
        {
            if (content is not null)
            {
                vectors.Add(await options.Embed(content, dimension, cancellationToken));
            }
        }

        var tokens = text is null ? 0 : CountTokens(text);
        var answer = new JsonObject
        {
            ["embedding"] = new JsonArray([.. Enumerable.Range(0, dimension).Select(i => (JsonNode)(vectors is [var only] ? only.Span[i] : vectors.Average(vector => vector.Span[i])))]),
            ["inputTextTokenCount"] = tokens,
            ["message"] = null,
        };
        return new FakeAnswer(answer) { InputTokens = tokens };
    }

    private static int Dimension(JsonElement body)
    {
        if (!body.TryGetProperty("embeddingConfig", out var config) || !config.TryGetProperty("outputEmbeddingLength", out var length))
        {
            return 1024;
        }

        return length.ValueKind == JsonValueKind.Number && length.TryGetInt32(out var dimension) && dimension is 256 or 384 or 1024
            ? length.GetInt32()
            : throw BedrockRefusal.Malformed($"#/embeddingConfig/outputEmbeddingLength: {length} is not a valid enum value");
    }

    private string? Text(JsonElement body)
    {
        if (!body.TryGetProperty("inputText", out var text))
        {
            return null;
        }

        var value = ModelSchema.Text(text, "#/inputText", int.MaxValue);
        var tokens = CountTokens(value);
        return tokens <= options.TitanMaxTokens
            ? value
            : throw BedrockRefusal.Validation(
                $"400 Bad Request: Too many input tokens. Max input tokens: {options.TitanMaxTokens}, request input token count: {tokens} ");
    }

    private static DataContent? Image(JsonElement body)
    {
        if (!body.TryGetProperty("inputImage", out var image))
        {
            return null;
        }

        if (image.ValueKind != JsonValueKind.String || !image.TryGetBytesFromBase64(out var bytes))
        {
            throw BedrockRefusal.Malformed("#/inputImage: failed validation of base64 format");
        }

        return ImageHeader.Read(bytes) switch
        {
            null => throw BedrockRefusal.Validation("Invalid input image: it must be a JPEG or PNG."),
            { Width: > MaxSide } or { Height: > MaxSide } => throw BedrockRefusal.Validation($"Invalid input image: its sides must be at most {MaxSide} pixels."),
            _ => new DataContent(bytes, bytes[0] == 0x89 ? "image/png" : "image/jpeg"),
        };
    }
}
