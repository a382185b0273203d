using ImageSearch.Captioning;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Vision;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Captioning;

/// <summary>Answers that are no description: the picture keeps none and says why, the others are described, and the next run asks again.</summary>
public sealed class CaptionFaultTests
{
    private const string NoDescription = "is no description in the form that was asked for, or was cut off";
    private const string Declined = "declined to describe the picture";
    private const string Whole = """{"caption":"a grey square","tags":["noise"],"visibleText":""}""";

    private static readonly Dictionary<string, (string Model, FakeReply Reply, string Why)> Answers = new()
    {
        ["prose"] = (VisionModels.Llama, new FakeReply.Words("What a lovely picture!"), NoDescription),
        ["prose instead of the tool"] = (VisionModels.Claude, new FakeReply.Words("What a lovely picture!"), NoDescription),
        ["nothing"] = (VisionModels.Llama, new FakeReply.Words(""), NoDescription),
        ["an empty object"] = (VisionModels.Claude, new FakeReply.ToolCall("describe", "{}"), NoDescription),
        ["an empty caption"] = (VisionModels.Claude, new FakeReply.ToolCall("describe", """{"caption":" \u200b\u001b ","tags":["a"],"visibleText":"b"}"""), NoDescription),
        ["another shape"] = (VisionModels.Claude, new FakeReply.ToolCall("describe", """{"caption":["a","b"],"tags":{"a":1},"visibleText":7}"""), NoDescription),
        ["a list"] = (VisionModels.Llama, new FakeReply.Words("""["a grey square"]"""), NoDescription),
        ["other names"] = (VisionModels.Pixtral, new FakeReply.Words("""{"title":"a grey square","labels":["noise"]}"""), NoDescription),
        ["another tool"] = (VisionModels.Claude, new FakeReply.ToolCall("delete_files", Whole), NoDescription),
        ["half an answer"] = (VisionModels.Pixtral, new FakeReply.Words(Whole[..30]), NoDescription),
        ["half an answer that was cut off"] = (VisionModels.Llama, new FakeReply.Words(Whole[..30]) { StopReason = "max_tokens" }, NoDescription),
        ["a whole answer that was cut off"] = (VisionModels.Claude, new FakeReply.ToolCall("describe", Whole) { StopReason = "max_tokens" }, NoDescription),
        ["a malformed call"] = (VisionModels.Claude, new FakeReply.ToolCall("describe", Whole) { StopReason = "malformed_tool_use" }, NoDescription),
        ["a full context"] = (VisionModels.Llama, new FakeReply.Words(Whole) { StopReason = "model_context_window_exceeded" }, NoDescription),
        ["a refusal in words"] = (VisionModels.Llama, new FakeReply.Words("I cannot help with that."), NoDescription),
        ["a filtered answer"] = (VisionModels.Claude, new FakeReply.Words("I cannot.") { StopReason = "content_filtered" }, Declined),
        ["a guardrail"] = (VisionModels.Claude, new FakeReply.Words("Sorry.") { StopReason = "guardrail_intervened" }, Declined),
    };

    public static TheoryData<string> AnswerNames => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(AnswerNames))]
    public async Task An_answer_that_is_no_description_leaves_that_picture_alone_without_one_until_the_next_run(string name)
    {
        var (model, reply, why) = Answers[name];
        var options = new VisionOptions { Model = model, Timeout = TimeSpan.FromHours(1) };
        var conversations = 0;
        await using var room = await CaptionRoom.OpenAsync(3, conversation => Interlocked.Increment(ref conversations) == 2 ? reply : CaptionRoom.Describe(conversation));

        var results = await room.RunAsync(options);
        var stored = await room.StoredAsync();
        var again = await room.RunAsync(options);

        var failed = Assert.Single(results.OfType<CaptionResult.Failed>());
        Assert.Contains(why, failed.Reason, StringComparison.Ordinal);
        Assert.Equal(2, results.OfType<CaptionResult.Captioned>().Count());
        Assert.Equal(failed.Picture.Path, Assert.Single(stored, payload => payload.Caption is null).Path);
        Assert.Equal(failed.Picture.Path, Assert.IsType<CaptionResult.Captioned>(Assert.Single(again)).Picture.Path);
    }

    [Theory]
    [InlineData("ValidationException", "does not take this question: The picture is not taken.")]
    [InlineData("ModelErrorException", "failed at this question: The picture is not taken.")]
    [InlineData("ModelTimeoutException", "took too long: The picture is not taken.")]
    public async Task An_error_about_one_picture_is_told_of_it_and_not_tried_again(string type, string why)
    {
        await using var room = await CaptionRoom.OpenAsync(3);
        room.Server.Inject(new BedrockFault.Error(type, "The picture is not taken."));

        var results = await room.RunAsync();

        Assert.Contains(why, Assert.Single(results.OfType<CaptionResult.Failed>()).Reason, StringComparison.Ordinal);
        Assert.Equal(3, room.Server.Calls.Count);
    }

    [Fact]
    public async Task Members_in_another_order_and_beside_those_that_were_asked_for_do_no_harm()
    {
        const string Odd = """{"visibleText":"EXIT","path":"/etc/passwd","sha256":"0","captionModel":"evil","rating":5,"tags":["door",null,"Door"],"caption":"a door"}""";
        await using var room = await CaptionRoom.OpenAsync(1, _ => new FakeReply.ToolCall("describe", Odd));
        var before = Assert.Single(await room.StoredAsync());

        _ = await room.RunAsync();

        var after = Assert.Single(await room.StoredAsync());
        Assert.Equal(("a door", VisionModels.Claude, "EXIT"), (after.Caption, after.CaptionModel, after.VisibleText));
        Assert.Equal((before.Path, before.Sha256, before.Rating), (after.Path, after.Sha256, after.Rating));
        Assert.Equal(["holiday", "door"], after.Tags);
    }
}
