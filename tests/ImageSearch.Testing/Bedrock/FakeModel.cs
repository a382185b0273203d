namespace ImageSearch.Testing.Bedrock;

/// <summary>The models that the stand-in knows, in the state that the service gives them in November 2026.</summary>
/// <param name="Kind">What it answers to.</param>
/// <param name="OnDemand">False when only an inference profile of it can be called.</param>
internal sealed record FakeModel(FakeModelKind Kind, bool OnDemand = true)
{
    private static readonly Dictionary<string, FakeModel> Known = new()
    {
        ["amazon.titan-embed-image-v1"] = new(FakeModelKind.TitanImageEmbedding),
        ["amazon.nova-2-multimodal-embeddings-v1:0"] = new(FakeModelKind.NovaEmbedding) { OnlyRegion = "us-east-1" },
        ["cohere.embed-v4:0"] = new(FakeModelKind.CohereEmbedding),
        ["us.cohere.embed-v4:0"] = new(FakeModelKind.CohereEmbedding),
        ["anthropic.claude-haiku-4-5-20251001-v1:0"] = new(FakeModelKind.Conversation, OnDemand: false),
        ["us.anthropic.claude-haiku-4-5-20251001-v1:0"] = new(FakeModelKind.Conversation),
        ["global.anthropic.claude-haiku-4-5-20251001-v1:0"] = new(FakeModelKind.Conversation),
        ["us.meta.llama4-maverick-17b-instruct-v1:0"] = new(FakeModelKind.Conversation) { CanForceTool = false },
        ["us.mistral.pixtral-large-2502-v1:0"] = new(FakeModelKind.Conversation) { CanForceTool = false },
        ["amazon.nova-lite-v1:0"] = new(FakeModelKind.Conversation) { CanForceTool = false },
        ["amazon.titan-image-generator-v2:0"] = new(FakeModelKind.Retired),
        ["anthropic.claude-3-sonnet-20240229-v1:0"] = new(FakeModelKind.Retired),
    };

    /// <summary>The one region that knows the model; null where others do too.</summary>
    public string? OnlyRegion { get; init; }

    /// <summary>Whether a conversation can insist on one tool by name: with models of Anthropic alone.</summary>
    public bool CanForceTool { get; init; } = true;

    /// <summary>True for a model that answers with vectors, and to InvokeModel alone.</summary>
    public bool IsEmbedding => Kind is FakeModelKind.TitanImageEmbedding or FakeModelKind.NovaEmbedding or FakeModelKind.CohereEmbedding;

    /// <summary>The model that <paramref name="id"/>, a plain id or an ARN, names.</summary>
    /// <exception cref="BedrockRefusal">There is none, it is gone, or it cannot be called so.</exception>
    public static FakeModel Find(string id, FakeBedrockOptions options)
    {
        var name = id.StartsWith("arn:", StringComparison.Ordinal) ? id[(id.LastIndexOf('/') + 1)..] : id;
        if (!Known.TryGetValue(name, out var model) || (model.OnlyRegion is { } region && region != options.Region))
        {
            throw BedrockRefusal.Validation("The provided model identifier is invalid.");
        }

        if (model.Kind == FakeModelKind.Retired)
        {
            throw new BedrockRefusal(
                "ResourceNotFoundException",
                "This model version has reached the end of its life. Please refer to the AWS documentation for more details.");
        }

        if (options.ClosedModels.Contains(name))
        {
            throw new BedrockRefusal("AccessDeniedException", "You don't have access to the model with the specified model ID.");
        }

        return model.OnDemand
            ? model
            : throw BedrockRefusal.Validation(
                $"Invocation of model ID {name} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.");
    }
}
