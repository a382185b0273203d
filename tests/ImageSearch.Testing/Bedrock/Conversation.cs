using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Converse, ConverseStream and CountTokens, with the limits that the service model's documentation states.</summary>
internal sealed class Conversation(FakeBedrockOptions options)
{
    private const int MostTokensOfPicture = 1590;

    private readonly Guardrail _guardrail = new(options);

    public JsonObject Answer(string modelId, JsonElement request)
    {
        var conversation = Read(modelId, request);
        var (reply, trace) = Ask(conversation, request);
        JsonObject block = reply switch
        {
            FakeReply.Words words => new() { ["text"] = words.Text },
            FakeReply.ToolCall call => new()
            {
                ["toolUse"] = new JsonObject { ["toolUseId"] = "tooluse_1", ["name"] = call.Tool, ["input"] = JsonNode.Parse(call.Input) },
            },
            _ => throw new InvalidOperationException("unknown kind of reply"),
        };
        var answer = new JsonObject
        {
            ["output"] = new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(block) } },
            ["stopReason"] = StopReason(reply),
        };
        return WithMeasures(answer, conversation, reply, trace);
    }

    public IReadOnlyList<byte[]> Stream(string modelId, JsonElement request)
    {
        var conversation = Read(modelId, request);
        var (reply, trace) = Ask(conversation, request);
        var events = new List<(string Type, JsonObject Payload)> { ("messageStart", new() { ["role"] = "assistant" }) };
        if (reply is FakeReply.ToolCall call)
        {
            var start = new JsonObject { ["toolUse"] = new JsonObject { ["toolUseId"] = "tooluse_1", ["name"] = call.Tool } };
            events.Add(("contentBlockStart", new() { ["start"] = start, ["contentBlockIndex"] = 0 }));
            events.AddRange(call.Input.Chunk(6).Select(part => Delta(new() { ["toolUse"] = new JsonObject { ["input"] = new string(part) } })));
        }
        else if (reply is FakeReply.Words words)
        {
            events.AddRange(words.Text.Split(' ').Select((word, i) => Delta(new() { ["text"] = i == 0 ? word : " " + word })));
        }

        events.Add(("contentBlockStop", new() { ["contentBlockIndex"] = 0 }));
        events.Add(("messageStop", new() { ["stopReason"] = StopReason(reply) }));
        events.Add(("metadata", WithMeasures([], conversation, reply, trace)));
        return [.. events.Select((item, i) => EventStreamFrame.Event(item.Type, item.Payload, i))];
    }

    public JsonObject CountTokens(string modelId, JsonElement request)
    {
        if (!request.TryGetProperty("input", out var input))
        {
            throw BedrockRefusal.Validation("1 validation error detected: Value at 'input' failed to satisfy constraint: Member must not be null");
        }

        var tokens = input.TryGetProperty("converse", out var converse)
            ? InputTokens(Read(modelId, converse))
            : input.GetProperty("invokeModel").GetProperty("body").GetBytesFromBase64().Length / 4;
        return new JsonObject { ["inputTokens"] = tokens };
    }

    private static (string Type, JsonObject Payload) Delta(JsonObject delta) =>
        ("contentBlockDelta", new() { ["delta"] = delta, ["contentBlockIndex"] = 0 });

    private static string StopReason(FakeReply reply) => reply.StopReason ?? (reply is FakeReply.ToolCall ? "tool_use" : "end_turn");

    private static int InputTokens(FakeConversation conversation) =>
        (int)Math.Ceiling((conversation.Text.Length + conversation.System.Length) / 4.7) + conversation.Shown.Sum(TokensOf);

    private static int TokensOf(FakePicture picture) => ImageHeader.Read(picture.Bytes.Span) is var (width, height)
        ? Math.Min((int)Math.Ceiling(width * (double)height / 750), MostTokensOfPicture)
        : MostTokensOfPicture;

    private static JsonObject WithMeasures(JsonObject answer, FakeConversation conversation, FakeReply reply, JsonObject? trace)
    {
        var input = InputTokens(conversation);
        var output = reply switch
        {
            FakeReply.Words words => words.Text.Split(' ').Length,
            FakeReply.ToolCall call => (int)Math.Ceiling(call.Input.Length / 4.7),
            _ => 0,
        };
        answer["usage"] = new JsonObject { ["inputTokens"] = input, ["outputTokens"] = output, ["totalTokens"] = input + output };
        answer["metrics"] = new JsonObject { ["latencyMs"] = 1 };
        if (trace is not null)
        {
            answer["trace"] = new JsonObject { ["guardrail"] = trace };
        }

        return answer;
    }

    private GuardedReply Ask(FakeConversation conversation, JsonElement request) =>
        _guardrail.Guard(conversation, request, () => Cut(options.Reply(conversation), request));

    /// <summary>Words end where the request's most tokens are used up; one word is one token.</summary>
    private static FakeReply Cut(FakeReply reply, JsonElement request) =>
        reply is FakeReply.Words words
        && request.TryGetProperty("inferenceConfig", out var inference) && inference.TryGetProperty("maxTokens", out var most)
        && words.Text.Split(' ') is var tokens && tokens.Length > most.GetInt32()
            ? new FakeReply.Words(string.Join(' ', tokens[..most.GetInt32()])) { StopReason = "max_tokens" }
            : reply;

    private FakeConversation Read(string modelId, JsonElement request)
    {
        var blocks = ConversationRules.Check(request);
        return new FakeConversation(
            modelId, TextOf(blocks), blocks.Count(block => block.TryGetProperty("image", out _)), ConversationRules.ForcedTool(request, FakeModel.Find(modelId, options)))
        {
            System = request.TryGetProperty("system", out var system) ? TextOf(system.EnumerateArray()) : "",
            Shown = [.. ShownOf(blocks)],
            Documents = blocks.Count(block => block.TryGetProperty("document", out _)),
            Schema = SchemaOf(request),
        };
    }

    private static string? SchemaOf(JsonElement request)
    {
        if (!request.TryGetProperty("outputConfig", out var output) || !output.TryGetProperty("textFormat", out var format))
        {
            return null;
        }

        var schema = format.GetProperty("structure").GetProperty("jsonSchema").GetProperty("schema").GetString() ?? "";
        try
        {
            _ = JsonElement.Parse(schema);
            return schema;
        }
        catch (JsonException)
        {
            throw BedrockRefusal.Validation("The schema at outputConfig.textFormat.structure.jsonSchema.schema is no JSON.");
        }
    }

    private static string TextOf(IEnumerable<JsonElement> blocks) =>
        string.Join('\n', blocks.Where(block => block.TryGetProperty("text", out _)).Select(block => block.GetProperty("text").GetString()));

    private static IEnumerable<FakePicture> ShownOf(IEnumerable<JsonElement> blocks)
    {
        var heading = "";
        foreach (var block in blocks)
        {
            if (block.TryGetProperty("image", out var image))
            {
                yield return new FakePicture(heading, ConversationRules.BytesOf(image));
            }

            heading = block.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";
        }
    }
}
