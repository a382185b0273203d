using System.Text.Json.Serialization;

namespace ImageSearch.Testing.Bedrock;

/// <summary>What a conversation model answers: words, or the call of a tool. In JSON the member <c>kind</c> names the case.</summary>
[JsonDerivedType(typeof(Words), nameof(Words))]
[JsonDerivedType(typeof(ToolCall), nameof(ToolCall))]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
public abstract record FakeReply
{
    private FakeReply()
    {
    }

    /// <summary>Why the answer ends; null for the usual reason.</summary>
    public string? StopReason { get; init; }

    /// <summary>An answer in words.</summary>
    public sealed record Words(string Text) : FakeReply;

    /// <summary>The call of a tool.</summary>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Input">Its input, a JSON object.</param>
    public sealed record ToolCall(string Tool, string Input) : FakeReply;

    /// <summary>Says what was shown, so that a test can tell what arrived.</summary>
    public static FakeReply Describe(FakeConversation conversation)
    {
        var words = conversation.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var counts = $$"""{"words":{{words}},"pictures":{{conversation.Pictures}}}""";
        return conversation.ForcedTool is { } tool ? new ToolCall(tool, counts)
            : conversation.Schema is not null ? new Words(counts)
            : new Words($"I was shown {words} words and {conversation.Pictures} pictures." + (conversation.Documents > 0 ? $" And {conversation.Documents} documents." : ""));
    }
}
