using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Converse, ConverseStream and CountTokens, with the limits that the service model's documentation states.</summary>
internal sealed class Conversation(FakeBedrockOptions options)
{
    private const int MaxImages = 20;
    private const int MaxImageBytes = 3_932_160;
    private const int MostTokensOfPicture = 1590;
    private const int MaxDocuments = 5;

    private readonly Guardrail _guardrail = new(options);

    public JsonObject Answer(string modelId, JsonElement request)
    {
        var conversation = Read(modelId, request);
        var reply = _guardrail.Blocked(conversation, request) ?? options.Reply(conversation);
        JsonObject block = reply switch
        {
            FakeReply.Words words => new() { ["text"] = words.Text },
            FakeReply.ToolCall call => new()
            {
                ["toolUse"] = new JsonObject { ["toolUseId"] = "tooluse_1", ["name"] = call.Tool, ["input"] = JsonNode.Parse(call.Input) },
            },
            _ => throw new InvalidOperationException("unknown kind of reply"),
        };
        return new JsonObject
        {
            ["output"] = new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(block) } },
            ["stopReason"] = StopReason(reply),
            ["usage"] = Usage(conversation, reply),
            ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
        };
    }

    public IReadOnlyList<byte[]> Stream(string modelId, JsonElement request)
    {
        var conversation = Read(modelId, request);
        var reply = _guardrail.Blocked(conversation, request) ?? options.Reply(conversation);
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
        events.Add(("metadata", new() { ["usage"] = Usage(conversation, reply), ["metrics"] = new JsonObject { ["latencyMs"] = 1 } }));
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

    private static JsonObject Usage(FakeConversation conversation, FakeReply reply)
    {
        var input = InputTokens(conversation);
        var output = reply switch
        {
            FakeReply.Words words => words.Text.Split(' ').Length,
            FakeReply.ToolCall call => (int)Math.Ceiling(call.Input.Length / 4.7),
            _ => 0,
        };
        return new JsonObject { ["inputTokens"] = input, ["outputTokens"] = output, ["totalTokens"] = input + output };
    }

    private FakeConversation Read(string modelId, JsonElement request)
    {
        if (!request.TryGetProperty("messages", out var messages) || messages.GetArrayLength() == 0)
        {
            throw BedrockRefusal.Validation("A conversation must start with a user message. Try again with a conversation that starts with a user message.");
        }

        var hasTools = request.TryGetProperty("toolConfig", out var tools);
        var blocks = new List<JsonElement>();
        var expected = "user";
        foreach (var message in messages.EnumerateArray())
        {
            var role = message.GetProperty("role").GetString();
            if (role != expected)
            {
                throw BedrockRefusal.Validation(blocks.Count == 0
                    ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
                    : "Conversation roles must alternate between user and assistant.");
            }

            expected = role == "user" ? "assistant" : "user";
            var content = message.GetProperty("content").EnumerateArray().ToList();
            CheckContent(role, content, hasTools);
            blocks.AddRange(content);
        }

        var forced = ForcedTool(tools, hasTools);
        return forced is null || FakeModel.Find(modelId, options).CanForceTool
            ? new FakeConversation(modelId, TextOf(blocks), blocks.Count(block => block.TryGetProperty("image", out _)), forced)
            {
                System = request.TryGetProperty("system", out var system) ? TextOf(system.EnumerateArray()) : "",
                Shown = [.. ShownOf(blocks)],
                Documents = blocks.Count(block => block.TryGetProperty("document", out _)),
            }
            : throw BedrockRefusal.Validation("This model doesn't support the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.");
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
                yield return new FakePicture(heading, image.GetProperty("source").TryGetProperty("bytes", out var bytes) ? bytes.GetBytesFromBase64() : default);
            }

            heading = block.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";
        }
    }

    private static void CheckContent(string? role, List<JsonElement> content, bool hasTools)
    {
        var images = content.Where(block => block.TryGetProperty("image", out _)).ToList();
        if (images.Count > 0 && role != "user")
        {
            throw BedrockRefusal.Validation("Images are only allowed in messages of the role user.");
        }

        if (images.Count > MaxImages)
        {
            throw BedrockRefusal.Validation($"too many images and documents: {images.Count} + 0 > {MaxImages}");
        }

        if (images.Any(block => block.GetProperty("image").GetProperty("source").TryGetProperty("bytes", out var bytes) && bytes.GetBytesFromBase64().Length > MaxImageBytes))
        {
            throw BedrockRefusal.Validation("The model returned the following errors: image exceeds 3.75 MB maximum");
        }

        if (content.Count(block => block.TryGetProperty("document", out _)) is var documents && documents > MaxDocuments)
        {
            throw BedrockRefusal.Validation($"too many images and documents: {images.Count} + {documents} > {MaxDocuments}");
        }

        if (documents > 0 && !content.Any(block => block.TryGetProperty("text", out _)))
        {
            throw BedrockRefusal.Validation("A text block must be included in a message that has documents.");
        }

        if (!hasTools && content.Any(block => block.TryGetProperty("toolUse", out _) || block.TryGetProperty("toolResult", out _)))
        {
            throw BedrockRefusal.Validation("The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        }
    }

    private static string? ForcedTool(JsonElement tools, bool hasTools) =>
        hasTools && tools.TryGetProperty("toolChoice", out var choice) && choice.TryGetProperty("tool", out var tool)
            ? tool.GetProperty("name").GetString()
            : null;
}
