using System.Diagnostics;
using System.Text.Json;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>A model looks at the hits, after they are shown: in every form of output, with every family of models, and with everything that goes wrong.</summary>
public sealed class JudgeTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private ScriptedJudge _judge = null!; // set by InitializeAsync, before any test
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _workplace.AddPictures();
        _judge = new ScriptedJudge(_workplace.Pictures);
        _server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = conversation => _judge.Reply(conversation) });
        _workplace.UseBedrock(_server, "offline");
        _judge.Verdicts["blue-sea"] = ("keep", 9, "a blue sea");
        _judge.Verdicts["black-sky"] = ("unsure", 4, "dark \u001b[31mblue");
        _ = await _workplace.RunAsync("index", "pictures");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task The_plain_page_is_shown_then_verdicts_then_the_order_and_what_it_cost()
    {
        var run = await _workplace.RunAsync("search", "--judge", "red", "flower", "--explain");

        var verdicts = run.Out.IndexOf("keep", StringComparison.Ordinal);
        var order = run.Out.IndexOf("#  grade  verdict  picture", StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("  #  score  taken       picture\n  1", run.Out, StringComparison.Ordinal);
        Assert.InRange(verdicts, run.Out.LastIndexOf("adds", StringComparison.Ordinal), order);
        Assert.Matches(@"  \d      9  keep     a blue sea\n", run.Out);
        Assert.Matches(@"  \d      4  unsure   dark \[31mblue\n", run.Out);
        Assert.Matches(@"picture\n  \d      9  keep     pictures/sea/blue-sea\.png\n  \d      4  unsure   pictures/night/black-sky\.png\n2 pictures above that do not fit: #\d #\d\n", run.Out.Replace(_workplace.Folder + "/", "", StringComparison.Ordinal));
        Assert.Matches(@"judge: global\.anthropic\.claude-haiku-4-5-20251001-v1:0, 1 call, [\d,]+ tokens sent \(at most \d+ a picture\) and \d+ answered, \$0\.00\d+; 0 verdicts kept from before\n$", run.Out);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Theory]
    [InlineData("global.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("us.meta.llama4-maverick-17b-instruct-v1:0")]
    [InlineData("us.mistral.pixtral-large-2502-v1:0")]
    public async Task One_JSON_document_holds_the_last_order_whatever_the_model(string model)
    {
        _workplace.Environment["IMAGESEARCH__Vision__Model"] = model;

        var page = Document(await _workplace.RunAsync("search", "red flower", "--judge", "--output", "json"));
        var again = Document(await _workplace.RunAsync("search", "red flower", "--judge", "--output", "json"));

        Assert.Equal(["blue-sea.png", "black-sky.png"], Names(page.GetProperty("results")));
        Assert.Equal(["green-meadow.png", "red-flower.png"], Names(page.GetProperty("dropped")).Order());
        Assert.Equal("""{"decision":"keep","grade":9,"reason":"a blue sea"}""", JsonSerializer.Serialize(page.GetProperty("results")[0].GetProperty("verdict")));
        var judge = page.GetProperty("judge");
        Assert.Equal((model, 4, 0, true), (judge.GetProperty("model").GetString(), judge.GetProperty("judged").GetInt32(), judge.GetProperty("cached").GetInt32(), judge.GetProperty("isReordered").GetBoolean()));
        Assert.InRange(judge.GetProperty("cost").GetDecimal(), 0.00001m, 0.05m);
        Assert.Equal((4, 0m), (again.GetProperty("judge").GetProperty("cached").GetInt32(), again.GetProperty("judge").GetProperty("cost").GetDecimal()));
        Assert.Equal(_server.Calls.Count, judge.GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task JSON_lines_are_the_plain_hits_then_verdicts_as_they_come_then_the_order()
    {
        var run = await _workplace.RunAsync("search", "red flower", "--judge", "4", "--output", "jsonl");

        var lines = run.OutLines.Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal([1, 2, 3, 4], lines.Take(4).Select(line => line.GetProperty("rank").GetInt32()));
        Assert.All(lines[4..8], line => Assert.Equal("verdict", line.GetProperty("type").GetString()));
        Assert.Equal("order", lines[8].GetProperty("type").GetString());
        Assert.Equal(9, lines.Count);
        var sea = lines.Single(line => line.TryGetProperty("file", out var file) && file.GetString()!.EndsWith("blue-sea.png", StringComparison.Ordinal));
        Assert.Equal(sea.GetProperty("id").GetString(), lines[8].GetProperty("order")[0].GetString());
        Assert.Equal(2, lines[8].GetProperty("dropped").GetArrayLength());
    }

    [Fact]
    public async Task When_nothing_fits_the_answer_says_so_and_hides_nothing()
    {
        _judge.Verdicts.Clear();

        var run = await _workplace.RunAsync("search", "a submarine", "--judge");
        var paths = await _workplace.RunAsync("search", "a submarine", "--judge", "--output", "paths");

        Assert.Contains("4 pictures above that do not fit: #1 #2 #3 #4\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing fits: global.anthropic.claude-haiku-4-5-20251001-v1:0 sees what was searched for in none of the 4 pictures that it was shown.\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, paths.OutLines.Count);
    }

    [Fact]
    public async Task What_goes_wrong_leaves_the_plain_order_and_says_why()
    {
        var plain = await _workplace.RunAsync("search", "red flower", "--output", "paths");
        _server.Inject(new BedrockFault.Error("AccessDeniedException", "You may not.") { Times = 4 });
        var refused = await _workplace.RunAsync("search", "red flower", "--judge", "--output", "paths");
        _server.ClearFaults();
        _server.Inject(new BedrockFault.StreamException(10, "modelStreamErrorException", "The model failed."));
        var cut = await _workplace.RunAsync("search", "red flower", "--judge", "--output", "paths");
        _workplace.Environment["IMAGESEARCH__Vision__MaxCost"] = "0.0001";
        var capped = await _workplace.RunAsync("search", "red flower", "--judge", "--output", "paths");
        _workplace.Environment["AWS_REGION"] = "";
        _workplace.Environment.Remove("AWS_ENDPOINT_URL_BEDROCK_RUNTIME");
        var lost = await _workplace.RunAsync("search", "red flower", "--judge", "--output", "paths");

        Assert.All([refused, cut, capped, lost], run => Assert.Equal((0, plain.Out), (run.ExitCode, run.Out)));
        Assert.Contains("The order is the plain one. The credentials may not call", refused.Error, StringComparison.Ordinal);
        Assert.Contains("The order is the plain one. Amazon Bedrock gave no answer: The model failed.", cut.Error, StringComparison.Ordinal);
        Assert.Contains("Vision:MaxCost", capped.Error, StringComparison.Ordinal);
        Assert.Contains("No AWS region is set", lost.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_judge_is_asked_only_by_the_flag_or_the_setting_and_never_against_no_judge()
    {
        _ = await _workplace.RunAsync("search", "red flower");
        _workplace.Environment["IMAGESEARCH__Vision__Judge"] = "2";
        var forbidden = await _workplace.RunAsync("search", "red flower", "--judge", "--no-judge");
        Assert.Empty(_server.Calls);

        var set = Document(await _workplace.RunAsync("search", "red flower", "--output", "json"));
        var tooMany = await _workplace.RunAsync("search", "red flower", "--judge", "101");

        Assert.DoesNotContain("grade", forbidden.Out, StringComparison.Ordinal);
        Assert.Equal(2, set.GetProperty("judge").GetProperty("judged").GetInt32());
        Assert.Equal(2, tooMany.ExitCode);
        Assert.Contains("1 to 100", tooMany.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_by_a_picture_shows_the_judge_that_picture_first()
    {
        _judge.Verdicts["green-meadow"] = ("keep", 7, "a field");

        var page = Document(await _workplace.RunAsync("similar", "pictures/red-flower.png", "--judge", "--output", "json"));

        Assert.Equal("red-flower", _judge.Seen[0]);
        Assert.Equal(3, page.GetProperty("judge").GetProperty("judged").GetInt32());
        Assert.Equal(["blue-sea.png", "green-meadow.png", "black-sky.png"], Names(page.GetProperty("results")));
    }

    [Fact]
    public async Task Judging_is_in_the_books()
    {
        var page = Document(await _workplace.RunAsync("search", "red flower", "--judge", "--output", "json"));
        var spending = Document(await _workplace.RunAsync("status", "--spending", "--output", "json"));

        Assert.Equal(page.GetProperty("judge").GetProperty("cost").GetDecimal(), spending[0].GetProperty("inAll").GetDecimal());
    }

    [LinuxFact]
    public async Task The_plain_page_does_not_wait_for_the_judge_and_an_interrupt_stops_the_model()
    {
        _server.Inject(new BedrockFault.StreamPause(0));
        using var process = _workplace.Start("search", "red flower", "--judge");

        for (var line = ""; !line.Contains("black-sky", StringComparison.Ordinal) && !line.Contains("  4  ", StringComparison.Ordinal);)
        {
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the plain page did not come");
        }

        while (_server.Calls.Count == 0)
        {
            await Task.Yield();
        }

        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var run = await Workplace.FinishAsync(process);

        Assert.Equal(130, run.ExitCode);
        await _server.Calls[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static JsonElement Document(ProgramRun run) => JsonElement.Parse(run.Out);

    private static IEnumerable<string> Names(JsonElement hits) => hits.EnumerateArray().Select(hit => Path.GetFileName(hit.GetProperty("path").GetString()!));
}
