using System.Globalization;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;
using Xunit;
using static ImageSearch.Tests.Vision.Questions;

namespace ImageSearch.Tests.Vision;

/// <summary>Answers that do not come to their end: what came so far stays, the reason is told, and nothing of it is kept.</summary>
public sealed class AnswerFaultTests
{
    private const string Good = "A cat on a mat.";

    private static readonly Dictionary<string, (string Text, string StopReason, VisionFault Fault, string Why)> Endings = new()
    {
        ["cut off"] = ("A cat on", "max_tokens", VisionFault.UnusableAnswer, "cut off before its end"),
        ["out of room"] = ("A cat on", "model_context_window_exceeded", VisionFault.UnusableAnswer, "cut off before its end"),
        ["filtered"] = ("A cat", "content_filtered", VisionFault.Refused, "refused by the model or its guardrail"),
        ["a guardrail"] = ("Sorry.", "guardrail_intervened", VisionFault.Refused, "refused by the model or its guardrail"),
        ["malformed"] = ("A cat", "malformed_model_output", VisionFault.UnusableAnswer, "did not end as it should"),
        ["empty"] = ("", "end_turn", VisionFault.UnusableAnswer, "it is empty"),
        ["endless"] = (string.Concat(Enumerable.Repeat("cat ", 50_000)), "end_turn", VisionFault.UnusableAnswer, "cut off before its end"),
    };

    private static readonly Dictionary<string, (BedrockFault Fault, VisionFault Expected, string Why)> Faults = new()
    {
        ["an exception in the stream"] = (new BedrockFault.StreamException(3, "modelStreamErrorException", "The model failed."), VisionFault.ProviderFailed, "The model failed."),
        ["a throttle in the stream"] = (new BedrockFault.StreamException(3, "throttlingException", "Too many tokens."), VisionFault.Throttled, "Too many tokens."),
        ["a cut frame"] = (new BedrockFault.Cut(400, WithReset: false), VisionFault.ProviderFailed, "broke off"),
        ["a damaged frame"] = (new BedrockFault.StreamCorrupt(3), VisionFault.ProviderFailed, "broke off"),
        ["a refused key"] = (new BedrockFault.Error("AccessDeniedException", "You may not."), VisionFault.AccessRefused, "bedrock:InvokeModel"),
        ["a refused document"] = (new BedrockFault.Error("ValidationException", "The PDF is encrypted."), VisionFault.InputRejected, "The PDF is encrypted."),
        ["a proxy's page"] = (new BedrockFault.Answer(403, "text/html", "<html>no</html>"), VisionFault.AccessRefused, "refused the credentials"),
    };

    public static TheoryData<string> EndingNames => [.. Endings.Keys];

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(EndingNames))]
    public async Task An_answer_that_is_not_whole_is_told_and_never_kept(string name)
    {
        var isGood = false;
        var ending = Endings[name];
        await using var room = await JudgeRoom.OpenAsync(_ => isGood ? new FakeReply.Words(Good) : new FakeReply.Words(ending.Text) { StopReason = ending.StopReason });

        var (pieces, failure) = await FailAsync(room.Desk());
        isGood = true;
        var (good, report) = await AnswerAsync(new Asker(room.Desk()), Words("What?"), Picture(1));

        Assert.Equal(ending.Fault, failure.Fault);
        Assert.Contains(ending.Why, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(pieces, ending.Text, StringComparison.Ordinal);
        Assert.Equal((Good, false), (string.Concat(good), report.IsKept));
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task An_answer_that_breaks_off_leaves_what_came_and_says_why(string name)
    {
        var (fault, expected, why) = Faults[name];
        await using var room = await JudgeRoom.OpenAsync(_ => new FakeReply.Words(Good));
        room.Server.Inject(fault);

        var (pieces, failure) = await FailAsync(room.Desk());
        room.Server.ClearFaults();
        var (good, report) = await AnswerAsync(new Asker(room.Desk()), Words("What?"), Picture(1));

        Assert.Equal(expected, failure.Fault);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(pieces, Good, StringComparison.Ordinal);
        Assert.True(pieces.Length < Good.Length);
        Assert.Equal((Good, false), (string.Concat(good), report.IsKept));
    }

    [Fact]
    public async Task A_model_that_falls_silent_is_not_waited_for_and_what_it_said_stays()
    {
        await using var room = await JudgeRoom.OpenAsync(_ => new FakeReply.Words(Good));
        room.Server.Inject(new BedrockFault.StreamPause(3));
        var time = new ManualTimeProvider(DateTimeOffset.Parse("2026-11-22T12:00:00Z", CultureInfo.InvariantCulture));
        var asker = new Asker(room.Desk(time: time));
        await using var steps = asker.AnswerAsync(await asker.AskAsync([Words("What?"), Picture(1)], CancellationToken.None)).GetAsyncEnumerator();

        Assert.True(await steps.MoveNextAsync());
        Assert.True(await steps.MoveNextAsync());
        time.Advance(TimeSpan.FromMinutes(10));
        var next = steps.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(24));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        var failure = await Assert.ThrowsAsync<VisionException>(() => next);

        Assert.Equal(VisionFault.TimedOut, failure.Fault);
        Assert.Contains("said nothing for 25 seconds (Vision:TimeoutSeconds)", failure.Message, StringComparison.Ordinal);
        await room.Server.Calls[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Leaving_in_the_middle_of_an_answer_stops_the_model()
    {
        await using var room = await JudgeRoom.OpenAsync(_ => new FakeReply.Words(Good));
        room.Server.Inject(new BedrockFault.StreamPause(3));
        var asker = new Asker(room.Desk());

        await foreach (var step in asker.AnswerAsync(await asker.AskAsync([Words("What?"), Picture(1)], CancellationToken.None)))
        {
            Assert.Equal("A", Assert.IsType<AnswerStep.Piece>(step).Text);
            break;
        }

        await room.Server.Calls[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_piece_ends_with_a_whole_character_and_holds_none_that_steers()
    {
        (string First, string Second, string FirstPlain, string SecondPlain)[] pairs =
        [
            ("a\ud83d", "\ude00b", "a", "😀b"),
            ("a\ud83d", "b", "a", "b"),
            ("\u001b", "[31m", "", "[31m"),
            ("a\r", "\nb", "a", "\nb"),
        ];

        Assert.All(pairs, pair =>
        {
            var pieces = new PlainPieces();
            Assert.Equal((pair.FirstPlain, pair.SecondPlain), (pieces.Take(pair.First), pieces.Take(pair.Second)));
        });
    }

    private static async Task<(string Pieces, VisionException Failure)> FailAsync(QuestionDesk desk)
    {
        var asker = new Asker(desk);
        var question = await asker.AskAsync([Words("What?"), Picture(1)], CancellationToken.None);
        var pieces = "";
        var failure = await Assert.ThrowsAsync<VisionException>(async () =>
        {
            await foreach (var step in asker.AnswerAsync(question))
            {
                pieces += Assert.IsType<AnswerStep.Piece>(step).Text;
            }
        });
        return (pieces, failure);
    }
}
