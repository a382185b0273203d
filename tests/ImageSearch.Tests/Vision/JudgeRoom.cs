using System.Text.Json;
using ImageSearch.Imaging;
using ImageSearch.Pacing;
using ImageSearch.Spending;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;

namespace ImageSearch.Tests.Vision;

/// <summary>A judge over the stand-in, with a ledger and kept answers of its own.</summary>
internal sealed class JudgeRoom : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SpendLedger _ledger;
    private readonly VisionCache _cache;
    private readonly CallPace _pace = new(new CallPaceOptions(), TimeProvider.System, new Random(7));

    private JudgeRoom(FakeBedrock server)
    {
        Server = server;
        _ledger = SpendLedger.Open(Path.Combine(_folder.Path, "spend.db"));
        _cache = VisionCache.Open(Path.Combine(_folder.Path, "vision.db"));
    }

    /// <summary>The stand-in.</summary>
    public FakeBedrock Server { get; }

    /// <summary>The ledger.</summary>
    public SpendLedger Ledger => _ledger;

    /// <summary>A room whose model answers by <paramref name="reply"/>.</summary>
    public static async Task<JudgeRoom> OpenAsync(Func<FakeConversation, FakeReply> reply) =>
        new(await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = reply }));

    /// <summary>A judge.</summary>
    public Judge Judge(VisionOptions? options = null, TimeProvider? time = null)
    {
        options ??= new VisionOptions();
        var provider = new VisionProvider(
            options, new SpendRun(() => _ledger, new SpendCap(), TimeProvider.System), _ => 0, () => VisionModels.Client(Server, options.Model));
        return new Judge(provider, () => _cache, options, ImageLimits.Default, time ?? TimeProvider.System, new Random(7));
    }

    /// <summary>A captioner.</summary>
    public Captioner Captioner(string model)
    {
        var options = new VisionOptions { Model = model };
        var provider = new VisionProvider(options, new SpendRun(() => _ledger, new SpendCap(), TimeProvider.System), _ => 0, () => VisionModels.Client(Server, model));
        return new Captioner(provider, () => _cache, options, ImageLimits.Default, TimeProvider.System, _pace);
    }

    /// <summary>What asks questions.</summary>
    public QuestionDesk Desk(VisionOptions? options = null, TimeProvider? time = null)
    {
        options ??= new VisionOptions();
        var provider = new VisionProvider(
            options, new SpendRun(() => _ledger, new SpendCap(), TimeProvider.System), _ => 0, () => VisionModels.Client(Server, options.Model));
        return new QuestionDesk(provider, () => _cache, options, ImageLimits.Default, time ?? TimeProvider.System);
    }

    /// <summary>Pictures of noise, all different.</summary>
    public static List<JudgePicture> Pictures(int count) => [.. Enumerable.Range(1, count).Select(seed => new JudgePicture(
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TinyPicture.Bmp(seed))),
        _ => Task.FromResult<ReadOnlyMemory<byte>>(TinyPicture.Bmp(seed))))];

    /// <summary>Judges to the end.</summary>
    public static async Task<(List<JudgeStep.Judged> Judged, JudgeStep.Ended Ended)> RunAsync(Judge judge, int pictures, string wanted = "a cat")
    {
        var judged = new List<JudgeStep.Judged>();
        JudgeStep.Ended? ended = null;
        await foreach (var step in judge.JudgeAsync(new JudgeQuestion(wanted, "", []), Pictures(pictures), CancellationToken.None))
        {
            if (step is JudgeStep.Judged verdict)
            {
                judged.Add(verdict);
            }
            else
            {
                ended = step as JudgeStep.Ended;
            }
        }

        return (judged, ended ?? throw new InvalidOperationException("the judging did not end"));
    }

    /// <summary>The labels that a conversation was given, in order.</summary>
    public static IReadOnlyList<string> Labels(FakeConversation conversation) =>
        [.. conversation.Shown.Select(picture => picture.Heading).Where(heading => heading.StartsWith("Picture ", StringComparison.Ordinal)).Select(heading => heading[8..^1])];

    /// <summary>An answer in the form of the model that is asked: a tool's input, or words with JSON in them.</summary>
    public static FakeReply Answer(FakeConversation conversation, params IEnumerable<(string Label, string Verdict, int Grade, string Reason)> verdicts)
    {
        var json = JsonSerializer.Serialize(new { verdicts = verdicts.Select(verdict => new { label = verdict.Label, verdict = verdict.Verdict, grade = verdict.Grade, reason = verdict.Reason }) });
        return conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, json) : new FakeReply.Words($"Here you are:\n```json\n{json}\n```");
    }

    /// <summary>Keeps every picture, with falling grades.</summary>
    public static FakeReply KeepAll(FakeConversation conversation) =>
        Answer(conversation, Labels(conversation).Select((label, place) => (label, "keep", Math.Max(0, 10 - place), "a cat")));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _cache.Dispose();
        _pace.Dispose();
        _ledger.Dispose();
        _folder.Dispose();
    }
}
