using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>InvokeModel of a conversation model: answers to the member <c>prompt</c>, whole or in chunks.</summary>
internal sealed class PromptModel(FakeBedrockOptions options)
{
    public JsonObject Answer(string modelId, JsonElement body) => new() { ["outputText"] = Reply(modelId, body) };

    public IReadOnlyList<byte[]> Stream(string modelId, JsonElement body)
    {
        var words = Reply(modelId, body).Split(' ');
        var chunks = words.Select((word, i) => new JsonObject { ["outputText"] = i == 0 ? word : " " + word }).ToList();
        chunks[^1]["amazon-bedrock-invocationMetrics"] = new JsonObject
        {
            ["inputTokenCount"] = 1,
            ["outputTokenCount"] = words.Length,
            ["invocationLatency"] = 1,
            ["firstByteLatency"] = 1,
        };
        return [.. chunks.Select((chunk, i) => EventStreamFrame.Event(
            "chunk", new() { ["bytes"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk.ToJsonString())) }, i))];
    }

    private string Reply(string modelId, JsonElement body)
    {
        if (!body.TryGetProperty("prompt", out var prompt))
        {
            throw BedrockRefusal.Malformed("#: required key [prompt] not found");
        }

        return options.Reply(new FakeConversation(modelId, prompt.GetString() ?? "", 0, null)) is FakeReply.Words words ? words.Text : "";
    }
}
