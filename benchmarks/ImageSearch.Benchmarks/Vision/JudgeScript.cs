using System.Text.Json;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Benchmarks.Vision;

/// <summary>A model that keeps every picture it is shown, in an answer whose events can be counted beforehand.</summary>
internal static class JudgeScript
{
    // messageStart and contentBlockStart come before the pieces of the tool's input, of six characters each.
    private const int EventsBeforeInput = 2;
    private const int CharactersOfEvent = 6;

    /// <summary>The events that come before the one that holds the end of the first verdict.</summary>
    public static int EventsBeforeFirstVerdict { get; } = EventsBeforeInput + (JsonOf(["abcd"]).IndexOf('}', StringComparison.Ordinal) / CharactersOfEvent);

    /// <summary>Answers a conversation.</summary>
    public static FakeReply Reply(FakeConversation conversation) => new FakeReply.ToolCall(
        conversation.ForcedTool ?? "",
        JsonOf(conversation.Shown.Where(picture => picture.Heading.StartsWith("Picture ", StringComparison.Ordinal)).Select(picture => picture.Heading[8..^1])));

    private static string JsonOf(IEnumerable<string> labels) => JsonSerializer.Serialize(
        new { verdicts = labels.Select(label => new { label, verdict = "keep", grade = 5, reason = "It shows what was searched for." }) });
}
