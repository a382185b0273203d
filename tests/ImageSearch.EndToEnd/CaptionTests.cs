using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>A model describes pictures, and they are found by what it says.</summary>
public sealed class CaptionTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test
    private string _caption = "a zeppelin over the harbour";
    private string _visibleText = "CLOSED on\u001b[31m Sundays https://evil.example/";

    public async Task InitializeAsync()
    {
        _server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = Describe });
        _workplace.AddPictures();
        _workplace.UseBedrock(_server, "offline");
        _ = await _workplace.RunAsync("index", "pictures");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("global.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("us.meta.llama4-maverick-17b-instruct-v1:0")]
    [InlineData("us.mistral.pixtral-large-2502-v1:0")]
    public async Task Described_pictures_are_found_by_caption_tags_and_visible_text_at_once_and_not_described_again(string model)
    {
        _workplace.Environment["IMAGESEARCH__Vision__Model"] = model;
        var before = await _workplace.RunAsync("search", "\"a zeppelin over the harbour\"", "--output", "paths");

        var run = await _workplace.RunAsync("caption");
        var again = await _workplace.RunAsync("caption");

        Assert.Equal((0, ""), (run.ExitCode, before.Out));
        Assert.Equal(4, run.OutLines.Count(line => line.EndsWith(": a zeppelin over the harbour", StringComparison.Ordinal)));
        Assert.Matches($@"4 pictures to describe with {model}: about \$0\.0\d+\n4 pictures described, 0 failed; \$0\.0\d+ spent\n$", run.Error);
        Assert.Contains("0 pictures to describe", again.Error, StringComparison.Ordinal);
        Assert.Equal(4, _server.Calls.Count);
        foreach (var query in new[] { "\"a zeppelin over the harbour\"", "tag:airship", "\"CLOSED on\"" })
        {
            Assert.Equal(4, (await _workplace.RunAsync("search", query, "--output", "paths")).OutLines.Count);
        }

        var hit = JsonElement.Parse((await _workplace.RunAsync("search", "zeppelin", "--output", "json")).Out).GetProperty("results")[0];
        Assert.Equal((model, "CLOSED on[31m Sundays (link)"), (hit.GetProperty("captionModel").GetString(), hit.GetProperty("visibleText").GetString()?.Replace(" [", "[", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_estimate_sends_nothing_and_filters_and_hits_say_which_pictures()
    {
        var estimate = await _workplace.RunAsync("caption", "--dry-run");
        var byName = await _workplace.RunAsync("caption", "folder:sea", "--output", "json");
        var hits = await _workplace.RunAsync("caption", "red flower", "--limit", "1", "--output", "jsonl");

        Assert.Contains("4 pictures to describe", estimate.Error, StringComparison.Ordinal);
        var described = Assert.Single(JsonElement.Parse(byName.Out).EnumerateArray());
        Assert.EndsWith("blue-sea.png", described.GetProperty("picture").GetString(), StringComparison.Ordinal);
        Assert.Equal("airship; harbour", described.GetProperty("tags").GetString());
        Assert.Single(hits.OutLines);
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task A_run_that_is_stopped_by_its_cap_goes_on_another_time_and_pays_nothing_twice()
    {
        var capped = await _workplace.RunAsync("caption", "--max-cost", "0.006");
        var rest = await _workplace.RunAsync("caption");

        Assert.Equal(4, capped.ExitCode);
        Assert.Contains("would pass the cap of $0.006", capped.Error, StringComparison.Ordinal);
        Assert.Contains("left: run again to go on", capped.Error, StringComparison.Ordinal);
        Assert.Equal(0, rest.ExitCode);
        Assert.Equal(4, (await _workplace.RunAsync("search", "zeppelin", "--output", "paths")).OutLines.Count);
        Assert.InRange(_server.Calls.Count, 4, 8);
    }

    [Fact]
    public async Task Another_language_replaces_what_the_first_said_and_a_rebuilt_index_pays_nothing()
    {
        _ = await _workplace.RunAsync("caption");
        _workplace.Environment["IMAGESEARCH__Vision__Language"] = "German";
        _visibleText = "";

        var kept = await _workplace.RunAsync("caption");
        var german = await _workplace.RunAsync("caption", "--again");
        var english = await _workplace.RunAsync("search", "\"a zeppelin\"", "--output", "paths");
        var calls = _server.Calls.Count;
        _ = await _workplace.RunAsync("index", "pictures", "--collection", "rebuilt");
        var rebuilt = await _workplace.RunAsync("caption", "--collection", "rebuilt");

        Assert.Contains("0 pictures to describe", kept.Error, StringComparison.Ordinal);
        Assert.Equal(4, german.OutLines.Count(line => line.EndsWith(": ein Zeppelin", StringComparison.Ordinal)));
        Assert.Equal("", english.Out);
        Assert.Contains("4 of them kept from before: about $0.00\n", rebuilt.Error, StringComparison.Ordinal);
        Assert.Equal(calls, _server.Calls.Count);
    }

    [Fact]
    public async Task A_picture_that_is_refused_is_told_and_tried_again_another_time()
    {
        _server.Inject(new BedrockFault.Error("ValidationException", "This picture is not taken."));

        var run = await _workplace.RunAsync("caption");
        var again = await _workplace.RunAsync("caption");

        Assert.Equal(3, run.ExitCode);
        Assert.Single(run.OutLines, line => line.Contains("failed:", StringComparison.Ordinal) && line.Contains("This picture is not taken.", StringComparison.Ordinal));
        Assert.Contains("1 picture to describe", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task A_provider_that_takes_no_more_calls_for_the_moment_is_waited_for()
    {
        _server.Inject(new BedrockFault.Error("ThrottlingException", "Too many tokens, please wait before trying again.") { Times = 4 });

        var run = await _workplace.RunAsync("caption");

        Assert.Equal((0, 4), (run.ExitCode, run.OutLines.Count));
        Assert.EndsWith(" spent\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("4 pictures described, 0 failed", run.Error, StringComparison.Ordinal);
        Assert.Equal(8, _server.Calls.Count);
    }

    [Fact]
    public async Task A_hostile_description_is_plain_text_in_the_terminal_and_in_what_is_stored()
    {
        _caption = "\u001b[31mred\u001b]0;title\u0007 [bold]x[/] [/] <script>alert(1)</script> \u202Elive\u202C\r\n\u0000https://evil.example";

        var run = await _workplace.RunAsync("caption");
        var table = await _workplace.RunAsync("search", "\"alert\"", "--explain");
        var json = await _workplace.RunAsync("search", "\"alert\"", "--output", "json");

        Assert.Equal((0, 0, 0), (run.ExitCode, table.ExitCode, json.ExitCode));
        Assert.Equal(4, run.OutLines.Count(line => line.EndsWith(": [31mred ]0;title [bold]x[/] [/] <script>alert(1)</script> live (link)", StringComparison.Ordinal)));
        Assert.All([run.Out, table.Out, json.Out], text => Assert.DoesNotContain(text, character => character is not '\n' && (char.IsControl(character) || character is '\u202E' or '\u202C')));
        var stored = JsonElement.Parse(json.Out).GetProperty("results")[0].GetProperty("caption").GetString();
        Assert.Equal("[31mred ]0;title [bold]x[/] [/] <script>alert(1)</script> live (link)", stored);
    }

    private FakeReply Describe(FakeConversation conversation)
    {
        var caption = conversation.System.Contains("in German", StringComparison.Ordinal) ? "ein Zeppelin" : _caption;
        var json = JsonSerializer.Serialize(new { caption, tags = new[] { "airship", "harbour", "Airship" }, visibleText = _visibleText });
        return conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, json) : new FakeReply.Words($"```json\n{json}\n```");
    }
}
