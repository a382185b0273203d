using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Cohere Embed v4 as its page describes it, as far as texts and pictures go: up to 96 of one kind in a call.</summary>
internal sealed class CohereEmbedding(FakeBedrockOptions options)
{
    private const int MostInputs = 96;
    private const int MostTokens = 128_000;

    // The limits of Cohere's own service; the page of Bedrock's says nothing.
    private const int MostImageBytes = 5_000_000;
    private const int MostBodyBytes = 20_000_000 + 100_000;

    public async Task<FakeAnswer> InvokeAsync(JsonElement body, CancellationToken cancellationToken)
    {
        ModelSchema.CheckMembers(body, "#", "input_type", "texts", "images", "inputs", "embedding_types", "output_dimension", "max_tokens", "truncate");
        var inputType = ModelSchema.OneOf(body, "#", "input_type", "search_document", "search_query", "classification", "clustering");
        var dimension = ModelSchema.OneOf(body, "#", "output_dimension", 1536, 256, 512, 1024, 1536);
        var (hasTexts, hasImages) = (body.TryGetProperty("texts", out var texts), body.TryGetProperty("images", out var images));
        if (hasTexts == hasImages)
        {
            throw BedrockRefusal.Malformed("#: only one of [texts], [images] is permitted");
        }

        if (body.GetRawText().Length > MostBodyBytes)
        {
            throw BedrockRefusal.Validation("The request is larger than 20 MB.");
        }

        AIContent[] contents = hasTexts ? [.. Items(texts, "texts").Select(Text)] : [.. Items(images, "images").Select(Image)];
        var vectors = new JsonArray();
        foreach (var content in contents)
        {
            vectors.Add(AsymmetricVectors.ToJson(await options.Embed(content, dimension, cancellationToken), isQuery: inputType == "search_query"));
        }

        var answer = new JsonObject { ["id"] = "00000000-0000-4000-8000-000000000001" };
        if (hasTexts)
        {
            answer["texts"] = JsonNode.Parse(texts.GetRawText());
        }

        var isByType = body.TryGetProperty("embedding_types", out _);
        answer["embeddings"] = isByType ? new JsonObject { ["float"] = vectors } : vectors;
        answer["response_type"] = isByType ? "embeddings_by_type" : "embeddings_floats";
        return new FakeAnswer(answer) { InputTokens = contents.OfType<TextContent>().Sum(text => TitanImageEmbedding.CountTokens(text.Text)) };
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement list, string name)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw BedrockRefusal.Malformed($"#/{name}: expected type: JSONArray, found: {list.ValueKind}");
        }

        return list.GetArrayLength() is > 0 and <= MostInputs
            ? list.EnumerateArray()
            : throw BedrockRefusal.Malformed($"#/{name}: expected maximum item count: {MostInputs}, found: {list.GetArrayLength()}");
    }

    private static TextContent Text(JsonElement text, int at)
    {
        var value = ModelSchema.Text(text, $"#/texts/{at}", int.MaxValue);
        return TitanImageEmbedding.CountTokens(value) <= MostTokens
            ? new TextContent(value)
            : throw BedrockRefusal.Validation($"too many tokens: the text at index {at} exceeds {MostTokens}");
    }

    private static DataContent Image(JsonElement image, int at)
    {
        var uri = ModelSchema.Text(image, $"#/images/{at}", int.MaxValue);
        var comma = uri.IndexOf(',');
        var mediaType = comma < 0 ? "" : uri[..comma];
        if (mediaType is not ("data:image/jpeg;base64" or "data:image/png;base64" or "data:image/webp;base64" or "data:image/gif;base64"))
        {
            throw BedrockRefusal.Validation($"invalid image at index {at}: it must be a base64 data URI of a JPEG, PNG, WebP or GIF");
        }

        var bytes = new byte[uri.Length];
        if (!Convert.TryFromBase64Chars(uri.AsSpan(comma + 1), bytes, out var length) || length is 0 or > MostImageBytes)
        {
            throw BedrockRefusal.Validation($"invalid image at index {at}: it must be base64 of at most 5 MB");
        }

        var picture = bytes[..length];
        return $"data:image/{ImageHeader.FormatOf(picture)};base64" == mediaType
            ? new DataContent(picture, $"image/{ImageHeader.FormatOf(picture)}")
            : throw BedrockRefusal.Validation($"invalid image at index {at}: it is not what its data URI says");
    }
}
