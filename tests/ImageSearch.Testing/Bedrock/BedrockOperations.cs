using System.Text.Json;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Answers the operations: either one JSON object, or the frames of a stream.</summary>
internal sealed class BedrockOperations(FakeBedrockOptions options)
{
    private const int MaxBody = 25_000_000;
    private readonly TitanImageEmbedding _titan = new(options);
    private readonly NovaEmbedding _nova = new(options);
    private readonly CohereEmbedding _cohere = new(options);
    private readonly Conversation _conversation = new(options);
    private readonly PromptModel _prompt = new(options);
    private readonly Guardrail _guardrail = new(options);

    public static bool IsStream(BedrockRoute route) => route.Operation.EndsWith("Stream", StringComparison.Ordinal);

    public async Task<FakeAnswer> AnswerAsync(BedrockRoute route, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = Parse(body);
        if (route.Operation == "ApplyGuardrail")
        {
            return new FakeAnswer(_guardrail.Apply(route.Subject, request));
        }

        var model = FakeModel.Find(route.Subject, options);
        return (route.Operation, model.Kind) switch
        {
            ("InvokeModel", FakeModelKind.TitanImageEmbedding) => await _titan.InvokeAsync(request, cancellationToken),
            ("InvokeModel", FakeModelKind.NovaEmbedding) => await _nova.InvokeAsync(request, cancellationToken),
            ("InvokeModel", FakeModelKind.CohereEmbedding) => await _cohere.InvokeAsync(request, cancellationToken),
            ("InvokeModel", _) => new FakeAnswer(_prompt.Answer(route.Subject, request)),
            _ when model.IsEmbedding => throw BedrockRefusal.Validation("This action doesn't support the model that you provided. Try again with a supported text or chat model"),
            ("Converse", _) => new FakeAnswer(_conversation.Answer(route.Subject, request)),
            _ => new FakeAnswer(_conversation.CountTokens(route.Subject, request)),
        };
    }

    public IReadOnlyList<byte[]> Stream(BedrockRoute route, ReadOnlyMemory<byte> body)
    {
        var request = Parse(body);
        if (FakeModel.Find(route.Subject, options).IsEmbedding)
        {
            throw BedrockRefusal.Validation("The model is unsupported for streaming.");
        }

        return route.Operation == "ConverseStream" ? _conversation.Stream(route.Subject, request) : _prompt.Stream(route.Subject, request);
    }

    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBody)
        {
            throw BedrockRefusal.Validation($"1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to {MaxBody}");
        }

        try
        {
            var element = JsonDocument.Parse(body).RootElement;
            return element.ValueKind == JsonValueKind.Object ? element : throw BedrockRefusal.Malformed("#: expected type: JSONObject");
        }
        catch (JsonException)
        {
            throw BedrockRefusal.Malformed("the body is not JSON");
        }
    }
}
