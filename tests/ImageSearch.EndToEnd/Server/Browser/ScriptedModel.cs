using System.Text.Json;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>A model that judges pictures by their place, describes every picture alike and answers every question alike.</summary>
internal sealed class ScriptedModel
{
    /// <summary>What it says of the pictures of a search, in their order; those behind these do not fit.</summary>
    public IReadOnlyList<(string Verdict, int Grade, string Reason)> Verdicts { get; set; } = [];

    /// <summary>Its answer to a question.</summary>
    public string Answer { get; set; } = "";

    /// <summary>Answers a conversation.</summary>
    public FakeReply Reply(FakeConversation conversation) => conversation.ForcedTool switch
    {
        "verdicts" => new FakeReply.ToolCall("verdicts", JsonSerializer.Serialize(new { verdicts = conversation.Shown.Select((shown, place) => VerdictOf(shown, place)) })),
        "describe" => new FakeReply.ToolCall("describe", JsonSerializer.Serialize(new { caption = "A <b>cup</b> of espresso on a bar.", tags = new[] { "espresso machine" }, visibleText = "ILLY" })),
        _ => new FakeReply.Words(Answer),
    };

    private object VerdictOf(FakePicture shown, int place)
    {
        var (verdict, grade, reason) = place < Verdicts.Count ? Verdicts[place] : ("drop", 0, "something else");
        return new { label = shown.Heading["Picture ".Length..^1], verdict, grade, reason };
    }
}
