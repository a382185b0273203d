using Amazon.Runtime.EventStreams;
using ImageSearch.Bedrock.Model;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>One call of Converse: how what was asked is sent, and how what comes back is read.</summary>
internal sealed class ConverseCall
{
    private const string DefaultAnswerTool = "answer";

    private readonly ChatResponseFormatJson? _format;
    private readonly ConverseOptions _settings;
    private readonly ConverseMessages _messages;
    private readonly ChatOptions? _options;
    private readonly VisionModel _model;
    private readonly JsonPieces _json = new();
    private readonly Dictionary<int, (ToolUseBlockStart Start, string Input)> _toolCalls = [];

    /// <exception cref="ArgumentException">A message holds what Converse does not take.</exception>
    public ConverseCall(IEnumerable<ChatMessage> messages, ChatOptions? options, ConverseOptions settings)
    {
        ArgumentNullException.ThrowIfNull(messages);
        (_options, _settings) = (options, settings);
        ModelId = options?.ModelId ?? settings.ModelId;
        _model = VisionModel.Of(ModelId);
        _format = options?.ResponseFormat as ChatResponseFormatJson;
        _messages = ConverseMessages.Of(messages, options?.Instructions);
    }

    /// <summary>The model that is called.</summary>
    public string ModelId { get; }

    private bool IsByTool => _format?.Schema is not null && _model.CanForceTool;

    private string AnswerTool => _format?.SchemaName ?? DefaultAnswerTool;

    /// <summary>The request, of either operation.</summary>
    public T Request<T>()
        where T : ConverseRequest, new() => new()
        {
            ModelId = ModelId,
            Messages = _messages.Messages,
            System = System() is { Count: > 0 } system ? system : null,
            InferenceConfig = new InferenceConfiguration
            {
                MaxTokens = _options?.MaxOutputTokens ?? _settings.MaxOutputTokens,
                Temperature = _options?.Temperature,
                TopP = _options?.TopP,
                StopSequences = _options?.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
            },
            ToolConfig = Tools(),
            GuardrailConfig = _settings.GuardrailId is { } guardrail ? new GuardrailConfiguration(guardrail, _settings.GuardrailVersion) : null,
        };

    /// <summary>The contents of a whole answer.</summary>
    public IEnumerable<AIContent> Read(Message message)
    {
        foreach (var block in message.Content)
        {
            if (block.Text is { } text)
            {
                yield return new TextContent(Shown(text));
            }
            else if (block.ToolUse is { } use)
            {
                yield return IsByTool && use.Name == AnswerTool
                    ? new TextContent(use.Input.GetRawText())
                    : new FunctionCallContent(use.ToolUseId, use.Name, ConverseMessages.ArgumentsOf(use.Input));
            }
        }
    }

    /// <summary>What an event of a streamed answer says; null for nothing.</summary>
    public ChatResponseUpdate? Read(IEventStreamEvent streamed)
    {
        switch (streamed)
        {
            case ContentBlockStartEvent { Start.ToolUse: { } start } begun:
                _toolCalls[begun.ContentBlockIndex] = (start, "");
                return null;
            case ContentBlockDeltaEvent { Delta.Text: { } text }:
                return Shown(text) is { Length: > 0 } shown ? Update(new TextContent(shown)) : null;
            case ContentBlockDeltaEvent { Delta.ToolUse.Input: var input } piece when _toolCalls.TryGetValue(piece.ContentBlockIndex, out var call):
                if (IsByTool && call.Start.Name == AnswerTool)
                {
                    return Update(new TextContent(input));
                }

                _toolCalls[piece.ContentBlockIndex] = (call.Start, call.Input + input);
                return null;
            case ContentBlockStopEvent { ContentBlockIndex: var index } when _toolCalls.TryGetValue(index, out var call) && !(IsByTool && call.Start.Name == AnswerTool):
                return Update(new FunctionCallContent(call.Start.ToolUseId, call.Start.Name, ConverseMessages.ArgumentsOf(call.Input)));
            case MessageStopEvent stop:
                return new ChatResponseUpdate { Role = ChatRole.Assistant, ModelId = ModelId, FinishReason = ReasonOf(stop.StopReason) };
            case ConverseStreamMetadataEvent metadata:
                return Update(new UsageContent(UsageOf(metadata.Usage)));
            default:
                return null;
        }
    }

    /// <summary>Why the answer ended.</summary>
    public ChatFinishReason ReasonOf(string stopReason) => stopReason switch
    {
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        "tool_use" => IsByTool ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "guardrail_intervened" or "content_filtered" => ChatFinishReason.ContentFilter,
        var other => new ChatFinishReason(other),
    };

    /// <summary>What was used.</summary>
    public static UsageDetails UsageOf(TokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokens,
        OutputTokenCount = usage.OutputTokens,
        TotalTokenCount = usage.TotalTokens,
        CachedInputTokenCount = usage.CacheReadInputTokens,
    };

    // Words beside the JSON that was asked for are no part of the answer.
    private string Shown(string text) => _format is null ? text : _json.Take(text);

    private ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ModelId = ModelId };

    private List<SystemContentBlock> System()
    {
        var system = _messages.System.ConvertAll(text => new SystemContentBlock { Text = text });
        if (_format is not null && !IsByTool)
        {
            var schema = _format.Schema is { } given ? $" that follows this JSON schema: {given.GetRawText()}" : ".";
            system.Add(new SystemContentBlock { Text = "Answer with one JSON object alone, without words or code fences before or after it" + schema });
        }

        return system;
    }

    private ToolConfiguration? Tools()
    {
        if (_format?.Schema is { } schema && IsByTool)
        {
            var answer = new ToolSpecification(AnswerTool, new ToolInputSchema(schema), _format.SchemaDescription ?? "Give the answer.");
            return new ToolConfiguration([new Tool(answer)], Force(AnswerTool));
        }

        var offered = _options?.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        if (_options?.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } required } && !_model.CanForceTool)
        {
            _ = offered.RemoveAll(tool => tool.Name != required);
        }

        return offered.Count == 0 ? null : new ToolConfiguration(offered.ConvertAll(ToolOf), Choice());
    }

    private ToolChoice? Choice() => _options?.ToolMode switch
    {
        RequiredChatToolMode { RequiredFunctionName: { } name } when _model.CanForceTool => Force(name),
        RequiredChatToolMode => new ToolChoice { Any = new AutoToolChoice() },
        _ => null,
    };

    private static ToolChoice Force(string name) => new() { Tool = new SpecificToolChoice(name) };

    private static Tool ToolOf(AIFunctionDeclaration function) => new(new ToolSpecification(
        function.Name, new ToolInputSchema(function.JsonSchema), function.Description is { Length: > 0 } description ? description : null));
}
