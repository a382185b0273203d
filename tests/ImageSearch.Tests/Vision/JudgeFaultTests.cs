using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Vision;

/// <summary>Answers that are none: each leaves no verdict, says why, and is asked for again the next time.</summary>
public sealed class JudgeFaultTests
{
    private const int Pictures = 3;

    private static readonly Dictionary<string, (Func<FakeConversation, FakeReply> Reply, string Why)> Answers = new()
    {
        ["prose"] = (_ => new FakeReply.Words("What lovely pictures!"), "no verdict in the form that was asked for"),
        ["nothing"] = (_ => new FakeReply.Words(""), "no verdict in the form that was asked for"),
        ["an empty list"] = (conversation => JudgeRoom.Answer(conversation), "no verdict in the form that was asked for"),
        ["another shape"] = (_ => new FakeReply.ToolCall("verdicts", """{"best":[1,2,3]}"""), "no verdict in the form that was asked for"),
        ["half an answer"] = (conversation => Part(conversation, null), "it leaves out 2 of 3 pictures"),
        ["an answer that was cut off"] = (conversation => Part(conversation, "max_tokens"), "it was cut off before its end"),
        ["a malformed call"] = (conversation => Part(conversation, "malformed_tool_use"), "it leaves out 2 of 3 pictures"),
        ["a missing picture"] = (conversation => JudgeRoom.Answer(conversation, JudgeRoom.Labels(conversation).Skip(1).Select(Keep)), "it leaves out 1 of 3 pictures"),
        ["a doubled picture"] = (conversation => JudgeRoom.Answer(conversation, [.. JudgeRoom.Labels(conversation).Select(Keep), Keep(JudgeRoom.Labels(conversation)[0])]), "it judged one picture twice"),
        ["an invented picture"] = (conversation => JudgeRoom.Answer(conversation, [.. JudgeRoom.Labels(conversation).Select(Keep), Keep("zzzz")]), "it names a picture that it was not shown"),
        ["none of the pictures by their names"] = (conversation => JudgeRoom.Answer(conversation, ("1", "keep", 5, "a cat"), ("2", "keep", 5, "a cat"), ("3", "drop", 0, "a dog")), "it names a picture that it was not shown"),
        ["another decision"] = (conversation => JudgeRoom.Answer(conversation, JudgeRoom.Labels(conversation).Select(label => (label, "best", 5, "a cat"))), "not in the form that was asked for"),
        ["a grade beyond the best"] = (conversation => JudgeRoom.Answer(conversation, JudgeRoom.Labels(conversation).Select(label => (label, "keep", 11, "a cat"))), "not in the form that was asked for"),
        ["a refusal"] = (_ => new FakeReply.Words("I cannot help with that.") { StopReason = "content_filtered" }, "it was refused by the model or its guardrail"),
        ["a guardrail"] = (_ => new FakeReply.Words("Sorry.") { StopReason = "guardrail_intervened" }, "it was refused by the model or its guardrail"),
        ["an endless answer"] = (conversation => JudgeRoom.Answer(conversation, Keep(JudgeRoom.Labels(conversation)[0]) with { Item4 = new string('x', 1_000_000) }), "it was cut off before its end"),
    };

    private static readonly Dictionary<string, (BedrockFault Fault, string Why)> Faults = new()
    {
        ["an exception in the stream"] = (new BedrockFault.StreamException(20, "modelStreamErrorException", "The model failed."), "The model failed."),
        ["a cut frame"] = (new BedrockFault.Cut(2000, WithReset: false), "broke off"),
        ["a reset"] = (new BedrockFault.Cut(2000, WithReset: true) { Times = 4 }, "broke off"),
        ["a damaged frame"] = (new BedrockFault.StreamCorrupt(20), "broke off"),
        ["an exception of the service in the stream"] = (new BedrockFault.StreamException(20, "internalServerException", "The service failed."), "The service failed."),
        ["a throttle in the stream"] = (new BedrockFault.StreamException(20, "throttlingException", "Too many tokens, please wait."), "takes no more calls"),
        ["a guardrail's refusal in the stream"] = (new BedrockFault.StreamException(20, "validationException", "Blocked."), "Blocked."),
        ["a stream that ends early"] = (new BedrockFault.StreamEnd(20), "ended before the answer was whole"),
        ["a stream of nothing"] = (new BedrockFault.StreamEnd(0), "ended before the answer was whole"),
        ["a refused key"] = (new BedrockFault.Error("AccessDeniedException", "You may not."), "bedrock:InvokeModel"),
        ["a day's quota"] = (new BedrockFault.Error("ThrottlingException", "Too many tokens per day") { Times = 4 }, "quota"),
        ["a proxy's page"] = (new BedrockFault.Answer(403, "text/html", "<html>no</html>"), "refused the credentials"),
    };

    public static TheoryData<string> AnswerNames => [.. Answers.Keys];

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(AnswerNames))]
    public async Task An_answer_that_is_not_what_was_asked_for_counts_for_nothing_and_says_why(string name)
    {
        var isGood = false;
        var (reply, why) = Answers[name];
        await using var room = await JudgeRoom.OpenAsync(conversation => isGood ? JudgeRoom.KeepAll(conversation) : reply(conversation));

        var (_, bad) = await JudgeRoom.RunAsync(room.Judge(), Pictures);
        isGood = true;
        var (_, good) = await JudgeRoom.RunAsync(room.Judge(), Pictures);

        CheckEmpty(bad, why);
        Assert.True(good.Report is { IsWhole: true, Judged: Pictures, Cached: 0 });
    }

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task An_answer_that_does_not_come_counts_for_nothing_and_says_why(string name)
    {
        var (fault, why) = Faults[name];
        await using var room = await JudgeRoom.OpenAsync(JudgeRoom.KeepAll);
        room.Server.Inject(fault);

        var (_, bad) = await JudgeRoom.RunAsync(room.Judge(), Pictures);
        room.Server.ClearFaults();
        var (_, good) = await JudgeRoom.RunAsync(room.Judge(), Pictures);

        CheckEmpty(bad, why);
        Assert.True(good.Report is { IsWhole: true, Judged: Pictures, Cached: 0 });
    }

    [Fact]
    public async Task An_answer_that_fails_ends_the_asking_and_what_other_answers_said_stays()
    {
        var calls = 0;
        await using var room = await JudgeRoom.OpenAsync(conversation => ++calls == 2 ? new FakeReply.Words("no") : JudgeRoom.KeepAll(conversation));

        var (_, ended) = await JudgeRoom.RunAsync(room.Judge(), 50);

        Assert.True(ended.Report is { IsWhole: false, Judged: 20, Calls: 2 });
        Assert.All(ended.Verdicts.Take(20), Assert.NotNull);
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_for_thirty_seconds_is_given_up_and_counts_for_nothing()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        await using var room = await JudgeRoom.OpenAsync(JudgeRoom.KeepAll);
        room.Server.Inject(new BedrockFault.StreamPause(30));
        JudgeStep.Ended? ended = null;

        await foreach (var step in room.Judge(time: time).JudgeAsync(new JudgeQuestion("a cat", "", []), JudgeRoom.Pictures(Pictures), CancellationToken.None))
        {
            ended = step as JudgeStep.Ended;
            time.Advance(TimeSpan.FromSeconds(30));
        }

        CheckEmpty(ended!, "did not answer within 25 seconds");
        Assert.Contains(room.Ledger.ByModel(), spent => spent.Dollars > 0);
    }

    private static void CheckEmpty(JudgeStep.Ended ended, string why)
    {
        Assert.All(ended.Verdicts, Assert.Null);
        Assert.True(ended.Report is { IsWhole: false, Judged: 0 });
        Assert.Contains(why, Assert.Single(ended.Report.Problems), StringComparison.Ordinal);
    }

    private static (string Label, string Verdict, int Grade, string Reason) Keep(string label) => (label, "keep", 5, "a cat");

    private static FakeReply.ToolCall Part(FakeConversation conversation, string? reason)
    {
        var whole = (FakeReply.ToolCall)JudgeRoom.KeepAll(conversation);
        var second = whole.Input.IndexOf("},{", StringComparison.Ordinal) + 20;
        return new FakeReply.ToolCall(whole.Tool, whole.Input[..second]) { StopReason = reason };
    }
}
