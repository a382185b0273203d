using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;

namespace ImageSearch.Bedrock.Model;

/// <summary>A call of Converse.</summary>
internal class ConverseRequest : AmazonWebServiceRequest
{
    /// <summary>A model id, an inference profile id or an ARN.</summary>
    [JsonIgnore]
    public string ModelId { get; set; } = "";

    public List<Message>? Messages { get; set; }

    public List<SystemContentBlock>? System { get; set; }

    public InferenceConfiguration? InferenceConfig { get; set; }

    public ToolConfiguration? ToolConfig { get; set; }

    public GuardrailConfiguration? GuardrailConfig { get; set; }

    public OutputConfig? OutputConfig { get; set; }

    public PerformanceConfiguration? PerformanceConfig { get; set; }

    public ServiceTier? ServiceTier { get; set; }

    /// <summary>Members of the model's own, a JSON object.</summary>
    public JsonElement? AdditionalModelRequestFields { get; set; }

    public List<string>? AdditionalModelResponseFieldPaths { get; set; }

    /// <summary>At most 16 pairs, kept with the invocation log.</summary>
    public Dictionary<string, string>? RequestMetadata { get; set; }
}

/// <summary>The answer of Converse.</summary>
internal sealed class ConverseResponse
{
    public required ConverseOutput Output { get; set; }

    /// <summary>end_turn, tool_use, max_tokens, stop_sequence, guardrail_intervened, content_filtered, malformed_model_output and others.</summary>
    public required string StopReason { get; set; }

    public TokenUsage? Usage { get; set; }

    public ConverseMetrics? Metrics { get; set; }

    /// <summary>What a guardrail or prompt router did, as JSON.</summary>
    public JsonElement? Trace { get; set; }

    public JsonElement? AdditionalModelResponseFields { get; set; }
}

/// <summary>A call of ConverseStream.</summary>
internal sealed class ConverseStreamRequest : ConverseRequest;

/// <summary>The answer of ConverseStream. Dispose it to stop the model early.</summary>
internal sealed class ConverseStreamResponse(BedrockAnswer answer, BedrockRuntimeConfig config) : IDisposable
{
    public string? RequestId { get; } = answer.RequestId;

    /// <summary>
    /// The events in the order <see cref="MessageStartEvent"/>, blocks, <see cref="MessageStopEvent"/>,
    /// <see cref="ConverseStreamMetadataEvent"/>. Can be read once.
    /// </summary>
    /// <exception cref="BedrockException">The service ended the stream with an error, or it broke off.</exception>
    public IAsyncEnumerable<IEventStreamEvent> ReadAsync(CancellationToken cancellationToken) => ResponseEvents.OfConverse(
        EventStreamReader.ReadAsync(answer.Body, config.StreamIdleTimeout, config.Time, cancellationToken), RequestId, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => answer.Body.Dispose();
}

internal sealed record ConverseOutput(Message? Message);

/// <summary>What one side said. <c>Role</c>: user or assistant.</summary>
internal sealed record Message(string Role, List<ContentBlock> Content);

/// <summary>A piece of a message: exactly one member is set.</summary>
internal sealed record ContentBlock
{
    public string? Text { get; init; }

    public ImageBlock? Image { get; init; }

    public DocumentBlock? Document { get; init; }

    public ToolUseBlock? ToolUse { get; init; }

    public ToolResultBlock? ToolResult { get; init; }

    public GuardrailConverseContentBlock? GuardContent { get; init; }

    public CachePointBlock? CachePoint { get; init; }

    /// <summary>A model's reasoning, to be handed back unchanged, as JSON.</summary>
    public JsonElement? ReasoningContent { get; init; }
}

/// <summary>A picture: at most 3.75 MB and 8000 × 8000 pixels, 20 in a message. <c>Format</c>: png, jpeg, gif or webp.</summary>
internal sealed record ImageBlock(string Format, ImageSource Source);

/// <summary>Where a picture or document comes from: exactly one member is set.</summary>
internal sealed record ImageSource
{
    public MemoryStream? Bytes { get; init; }

    public S3Location? S3Location { get; init; }
}

internal sealed record S3Location(string Uri, string? BucketOwner = null);

/// <summary>A document: at most 4.5 MB, 5 in a message, with a text block beside it. <c>Format</c>: pdf, csv, doc, docx, xls, xlsx, html, txt or md. <c>Name</c>: A neutral name: models read it.</summary>
internal sealed record DocumentBlock(string Format, string Name, ImageSource Source);

/// <summary>A model asks for a tool. <c>Input</c>: The tool's input, JSON.</summary>
internal sealed record ToolUseBlock(string ToolUseId, string Name, JsonElement Input);

/// <summary>What a tool answered. <c>Status</c>: success or error.</summary>
internal sealed record ToolResultBlock(string ToolUseId, List<ToolResultContentBlock> Content, string? Status = null);

/// <summary>A piece of a tool's answer: exactly one member is set.</summary>
internal sealed record ToolResultContentBlock
{
    public JsonElement? Json { get; init; }

    public string? Text { get; init; }

    public ImageBlock? Image { get; init; }
}

/// <summary>A piece of the system prompt: exactly one member is set.</summary>
internal sealed record SystemContentBlock
{
    public string? Text { get; init; }

    public CachePointBlock? CachePoint { get; init; }
}

internal sealed record GuardrailConverseContentBlock(GuardrailConverseTextBlock? Text);

internal sealed record GuardrailConverseTextBlock(string Text, List<string>? Qualifiers = null);

/// <summary>All before this may be cached. <c>Type</c>: default.</summary>
internal sealed record CachePointBlock(string Type);

internal sealed record InferenceConfiguration
{
    public int? MaxTokens { get; init; }

    /// <summary>0 to 1.</summary>
    public float? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public float? TopP { get; init; }

    public List<string>? StopSequences { get; init; }
}

internal sealed record ToolConfiguration(List<Tool> Tools, ToolChoice? ToolChoice = null);

internal sealed record Tool(ToolSpecification ToolSpec);

/// <summary>A tool that a model may ask for. <c>Name</c>: At most 64 characters of a-z, A-Z, 0-9, '_' and '-'.</summary>
internal sealed record ToolSpecification(string Name, ToolInputSchema InputSchema, string? Description = null);

/// <summary>The shape of a tool's input. <c>Json</c>: A JSON schema, an object and not a string.</summary>
internal sealed record ToolInputSchema(JsonElement Json);

/// <summary>Which tool to use: exactly one member is set. Only Claude can be forced to one by name.</summary>
internal sealed record ToolChoice
{
    public AutoToolChoice? Auto { get; init; }

    public AutoToolChoice? Any { get; init; }

    public SpecificToolChoice? Tool { get; init; }
}

/// <summary>An empty object.</summary>
internal sealed record AutoToolChoice;

internal sealed record SpecificToolChoice(string Name);

/// <summary>The guardrail that a conversation goes through. <c>Trace</c>: enabled, disabled or enabled_full. <c>StreamProcessingMode</c>: sync or async; of ConverseStream only.</summary>
internal sealed record GuardrailConfiguration(
    string GuardrailIdentifier, string GuardrailVersion, string? Trace = null, string? StreamProcessingMode = null);

internal sealed record OutputConfig(OutputFormat TextFormat);

/// <summary>The shape that a model's answer must have. <c>Type</c>: json_schema.</summary>
internal sealed record OutputFormat(string Type, OutputFormatStructure Structure);

internal sealed record OutputFormatStructure(JsonSchemaDefinition JsonSchema);

/// <summary>A JSON schema. <c>Schema</c>: The schema as a JSON string, and not an object.</summary>
internal sealed record JsonSchemaDefinition(string Schema, string? Name = null, string? Description = null);

/// <summary>How fast. <c>Latency</c>: standard or optimized.</summary>
internal sealed record PerformanceConfiguration(string Latency);

/// <summary>How important. <c>Type</c>: priority, default, flex or reserved.</summary>
internal sealed record ServiceTier(string Type);

internal sealed record TokenUsage(int InputTokens, int OutputTokens, int TotalTokens, int? CacheReadInputTokens = null, int? CacheWriteInputTokens = null);

internal sealed record ConverseMetrics(long LatencyMs);

internal sealed record MessageStartEvent(string Role) : IEventStreamEvent;

internal sealed record ContentBlockStartEvent(ContentBlockStart Start, int ContentBlockIndex) : IEventStreamEvent;

internal sealed record ContentBlockStart(ToolUseBlockStart? ToolUse);

internal sealed record ToolUseBlockStart(string ToolUseId, string Name);

internal sealed record ContentBlockDeltaEvent(ContentBlockDelta Delta, int ContentBlockIndex) : IEventStreamEvent;

/// <summary>A piece of a block: one member is set, or none where it is of a kind that this client does not read.</summary>
internal sealed record ContentBlockDelta
{
    public string? Text { get; init; }

    public ToolUseBlockDelta? ToolUse { get; init; }

    public JsonElement? ReasoningContent { get; init; }
}

/// <summary>A piece of a tool's input. <c>Input</c>: A piece of JSON text; the pieces of a block make the whole.</summary>
internal sealed record ToolUseBlockDelta(string Input);

internal sealed record ContentBlockStopEvent(int ContentBlockIndex) : IEventStreamEvent;

internal sealed record MessageStopEvent(string StopReason) : IEventStreamEvent;

internal sealed record ConverseStreamMetadataEvent(TokenUsage Usage, ConverseMetrics Metrics) : IEventStreamEvent;
