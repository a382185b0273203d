using System.Text.Json;
using ImageSearch.Imaging;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.EndToEnd;

/// <summary>A model that knows the pictures of a folder by what it is shown of them, and judges them by a table.</summary>
internal sealed class ScriptedJudge
{
    private readonly Dictionary<string, string> _names;

    /// <summary>Learns the pictures of a folder; they are no larger than what a judge is shown.</summary>
    public ScriptedJudge(string folder) => _names = Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories)
        .ToDictionary(file => Convert.ToBase64String(Shown(file)), file => Path.GetFileNameWithoutExtension(file));

    /// <summary>What it says of each picture; what is not in here is dropped.</summary>
    public Dictionary<string, (string Verdict, int Grade, string Reason)> Verdicts { get; } = [];

    /// <summary>Names of the pictures of the last conversation, in order.</summary>
    public IReadOnlyList<string> Seen { get; private set; } = [];

    /// <summary>Answers a conversation, in the form of the model that is asked.</summary>
    public FakeReply Reply(FakeConversation conversation)
    {
        Seen = [.. conversation.Shown.Select(picture => _names[Convert.ToBase64String(picture.Bytes.Span)])];
        var verdicts = conversation.Shown.Zip(Seen).Where(shown => shown.First.Heading.StartsWith("Picture ", StringComparison.Ordinal)).Select(shown =>
        {
            var (verdict, grade, reason) = Verdicts.GetValueOrDefault(shown.Second, ("drop", 0, "something else"));
            return new { label = shown.First.Heading[8..^1], verdict, grade, reason };
        });
        var json = JsonSerializer.Serialize(new { verdicts });
        return conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, json) : new FakeReply.Words($"Of course:\n```json\n{json}\n```");
    }

    private static byte[] Shown(string file) => ImageFitter.Fit(File.ReadAllBytes(file), new FitOptions(), ImageLimits.Default).Bytes.ToArray();
}
