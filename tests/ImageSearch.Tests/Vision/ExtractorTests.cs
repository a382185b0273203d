using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;
using Xunit;
using static ImageSearch.Tests.Vision.Questions;

namespace ImageSearch.Tests.Vision;

public sealed class ExtractorTests
{
    private const string Schema = """{"type":"object","properties":{"total":{"type":"number","minimum":0},"shop":{"type":"string"}},"required":["total"],"additionalProperties":false}""";

    [Theory]
    [InlineData(VisionModels.Claude)]
    [InlineData(VisionModels.Llama)]
    [InlineData(VisionModels.Pixtral)]
    public async Task A_value_that_fits_is_given_and_kept(string model)
    {
        FakeConversation? seen = null;
        await using var room = await JudgeRoom.OpenAsync(conversation => Answer(seen = conversation, """{"total": 12.50, "shop": "Café"}"""));

        var first = await ExtractAsync(room, model);
        var second = await ExtractAsync(room, model);

        Assert.Equal("""{"total": 12.50, "shop": "Café"}""", first.Value.GetRawText());
        Assert.Empty(first.Failures);
        Assert.True(first.Report is { IsKept: false, InputTokens: > 0, Cost: > 0 }, $"{first.Report}");
        Assert.Equal(first.Value.GetRawText(), second.Value.GetRawText());
        Assert.True(second.Report is { IsKept: true, Cost: 0 }, $"{second.Report}");
        _ = Assert.Single(room.Server.Calls);
        Assert.Equal(model == VisionModels.Claude ? "record" : null, seen!.ForcedTool);
        Assert.Equal(model != VisionModels.Claude, seen.System.Contains(Schema, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(VisionModels.Claude)]
    [InlineData(VisionModels.Llama)]
    public async Task A_value_that_does_not_fit_is_given_as_it_is_with_its_failures_and_asked_for_again(string model)
    {
        await using var room = await JudgeRoom.OpenAsync(conversation => Answer(conversation, """{"total":"12","tip":-1}"""));

        var extraction = await ExtractAsync(room, model);
        _ = await ExtractAsync(room, model);

        Assert.Equal("""{"total":"12","tip":-1}""", extraction.Value.GetRawText());
        Assert.Equal([new("/total", "is string, and must be number"), new SchemaFailure("/tip", "must not be there")], extraction.Failures);
        Assert.Equal(2, room.Server.Calls.Count);
    }

    [Theory]
    [InlineData("The total is 12 dollars.", null, "is empty")]
    [InlineData("""{"total": 12""", null, "not one JSON value")]
    [InlineData("""{"total": 12, "total": 13}""", null, "not one JSON value")]
    [InlineData("""{"total": 12, oops}""", null, "not one JSON value")]
    [InlineData("""{"total": 12}""", "max_tokens", "cut off before its end")]
    [InlineData("""{"total": 12}""", "guardrail_intervened", "refused")]
    public async Task An_answer_that_is_no_value_is_told_and_never_kept(string answer, string? reason, string why)
    {
        await using var room = await JudgeRoom.OpenAsync(_ => new FakeReply.Words(answer) { StopReason = reason });

        var failure = await Assert.ThrowsAsync<VisionException>(() => ExtractAsync(room, VisionModels.Llama));
        _ = await Assert.ThrowsAsync<VisionException>(() => ExtractAsync(room, VisionModels.Llama));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, room.Server.Calls.Count);
    }

    [Fact]
    public async Task The_schema_goes_to_the_model_as_it_was_given_and_words_and_documents_beside_it()
    {
        FakeConversation? seen = null;
        await using var room = await JudgeRoom.OpenAsync(conversation => Answer(seen = conversation, """{"total":1}"""));

        _ = await ExtractAsync(room, VisionModels.Claude, Words("Sums are in euros."), Document(), Picture(1));

        var tool = JsonElement.Parse(room.Server.Calls[0].Body.Span).GetProperty("toolConfig").GetProperty("tools")[0].GetProperty("toolSpec");
        Assert.Equal(Schema, tool.GetProperty("inputSchema").GetProperty("json").GetRawText());
        Assert.Equal("Sums are in euros.\nDocument 1:\nPicture 1:", seen!.Text);
        Assert.Equal((1, 1), (seen.Documents, seen.Pictures));
    }

    [Fact]
    public async Task What_a_picture_makes_the_model_say_stays_a_value()
    {
        await using var room = await JudgeRoom.OpenAsync(conversation => Answer(conversation, """{"total":1,"shop":"\u001b[2J<script>alert(1)</script>"}"""));

        var extraction = await ExtractAsync(room, VisionModels.Claude);

        Assert.Equal("\u001b[2J<script>alert(1)</script>", extraction.Value.GetProperty("shop").GetString());
        Assert.DoesNotContain('\u001b', extraction.Value.GetRawText());
    }

    private static async Task<Extraction> ExtractAsync(JudgeRoom room, string model, params QuestionPart[] parts)
    {
        var extractor = new Extractor(room.Desk(new VisionOptions { Model = model }));
        return await extractor.ExtractAsync(await extractor.PrepareAsync(Schema, parts.Length > 0 ? parts : [Picture(1)], CancellationToken.None));
    }

    private static FakeReply Answer(FakeConversation conversation, string json) =>
        conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, json) : new FakeReply.Words($"Here you are:\n```json\n{json}\n```\nAnything else?");
}
