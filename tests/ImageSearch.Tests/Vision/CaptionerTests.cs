using ImageSearch.Captioning;
using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Vision;

public sealed class CaptionerTests
{
    private static readonly ImagePayload Payload = new()
    {
        Library = "photos",
        Path = "sea.jpg",
        Sha256 = new string('a', 64),
        Bytes = 1,
        Modified = DateTimeOffset.UnixEpoch,
        Width = 8,
        Height = 8,
        Format = "jpeg",
        Tags = ["sea", "holiday"],
        Words = "sea jpg\nsea\nholiday",
        Model = "offline",
        IndexedAt = DateTimeOffset.UnixEpoch,
    };

    public static TheoryData<string, string?, VisionFault> Answers => new()
    {
        { "A lovely picture.", null, VisionFault.UnusableAnswer },
        { """{"caption":"", "tags":[], "visibleText":""}""", null, VisionFault.UnusableAnswer },
        { """{"caption":["a"], "tags":"b"}""", null, VisionFault.UnusableAnswer },
        { """{"caption":"half an answ""", "max_tokens", VisionFault.UnusableAnswer },
        { """{"caption":"whole, and yet cut", "tags":[], "visibleText":""}""", "max_tokens", VisionFault.UnusableAnswer },
        { "Sorry.", "guardrail_intervened", VisionFault.Refused },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_that_is_no_description_is_none_and_is_not_kept(string answer, string? reason, VisionFault expected)
    {
        await using var room = await JudgeRoom.OpenAsync(_ => new FakeReply.Words(answer) { StopReason = reason });
        var captioner = room.Captioner(VisionModels.Llama);

        var failure = await Assert.ThrowsAsync<VisionException>(() => captioner.DescribeAsync(TinyPicture.Bmp(1), CancellationToken.None));

        Assert.Equal(expected, failure.Fault);
        Assert.Null(captioner.Kept(JudgeRoom.Pictures(1)[0].Sha256));
    }

    [Fact]
    public async Task A_description_is_plain_and_bounded_whatever_the_model_says()
    {
        var filler = new string('x', 2000);
        await using var room = await JudgeRoom.OpenAsync(_ => new FakeReply.Words(
            $$"""{"caption":"a\u001b[0m cat\n{{filler}}","tags":[{{string.Join(',', Enumerable.Range(0, 40).Select(tag => $"\"{tag} {filler}\""))}},null],"visibleText":"{{filler}}"}"""));

        var caption = await room.Captioner(VisionModels.Llama).DescribeAsync(TinyPicture.Bmp(1), CancellationToken.None);

        Assert.StartsWith("a [0m cat xxx", caption.Caption, StringComparison.Ordinal);
        Assert.Equal((300, 12, 500), (caption.Caption.Length, caption.Tags.Count, caption.VisibleText.Length));
        Assert.All(caption.Tags, tag => Assert.Equal(40, tag.Length));
    }

    [Fact]
    public void A_description_takes_the_place_of_the_one_before_and_leaves_what_the_file_says()
    {
        var first = CaptionedPayload.With(Payload, new PictureCaption("a beach", ["Sea", "sand"], "NO SWIMMING"), "one");
        var second = CaptionedPayload.With(first, new PictureCaption("ein Strand", ["Sand"], ""), "two");

        Assert.Equal(["sea", "holiday", "sand"], first.Tags);
        Assert.Equal("sea jpg\nsea\nholiday\na beach\nNO SWIMMING\nsand", first.Words);
        Assert.Equal(["sea", "holiday", "Sand"], second.Tags);
        Assert.Equal("sea jpg\nsea\nholiday\nein Strand\nSand", second.Words);
        Assert.Equal(("ein Strand", "two", null), (second.Caption, second.CaptionModel, second.VisibleText));
    }
}
