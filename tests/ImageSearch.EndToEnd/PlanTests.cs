using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>Plain words become filters on the command line.</summary>
public sealed class PlanTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private FakeBedrock _model = null!; // set by InitializeAsync, before any test
    private string _answer = """{"words":"flower","language":"de","cameras":["Leica"],"takenFrom":"2020-01-01"}""";

    public async Task InitializeAsync()
    {
        _workplace.AddPictures();
        _model = await FakeBedrock.StartAsync(new FakeBedrockOptions
        {
            Reply = conversation => conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, _answer) : new FakeReply.Words(_answer),
        });
        _workplace.UseBedrock(_model, "offline");
        _ = await _workplace.RunAsync("index", "pictures");
    }

    public async Task DisposeAsync() => await _model.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Rules_read_the_words_unless_told_otherwise_and_ask_nobody()
    {
        var read = await _workplace.RunAsync("search", "picture without flowers", "since 2020", "--output", "json");
        var off = await _workplace.RunAsync("search", "picture without flowers", "since 2020", "--no-plan", "--output", "json");
        _workplace.Environment["IMAGESEARCH__Searching__Plan"] = "off";
        var set = await _workplace.RunAsync("search", "picture without flowers", "since 2020", "--output", "json");

        var page = JsonElement.Parse(read.Out);
        Assert.Equal("picture after:2020-01-01 -flowers", page.GetProperty("query").GetString());
        Assert.Equal("rules", page.GetProperty("plan").GetProperty("by").GetString());
        Assert.Equal(
            "Read 'since 2020' as after:2020-01-01, 'without flowers' as -flowers. With --no-plan the words are searched for as they stand.", page.GetProperty("notes")[0].GetString());
        Assert.All([off, set], run => Assert.Equal("picture without flowers since 2020", JsonElement.Parse(run.Out).GetProperty("query").GetString()));
        Assert.Equal("", read.Error);
        Assert.Empty(_model.Calls);
    }

    [Fact]
    public async Task A_model_reads_them_where_it_is_asked_to_and_what_comes_of_it_is_said_and_booked()
    {
        var planned = await _workplace.RunAsync("search", "--plan", "--translate", "Blumen", "seit 2020, Leica", "--output", "json");
        _workplace.Environment["IMAGESEARCH__Vision__Model"] = "us.meta.llama4-maverick-17b-instruct-v1:0";
        _answer = "I cannot do that.";
        var failed = await _workplace.RunAsync("search", "--plan", "flower in 2024", "--output", "paths");
        var spent = await _workplace.RunAsync("status", "--spending");

        var page = JsonElement.Parse(planned.Out);
        Assert.Equal("flower after:2020-01-01", page.GetProperty("query").GetString());
        Assert.Equal("""{"from":"de","text":"flower"}""", JsonSerializer.Serialize(page.GetProperty("plan").GetProperty("translated")));
        Assert.Contains("Left out: no picture of the collection passes camera:\"Leica\".\n", planned.Error, StringComparison.Ordinal);
        Assert.Contains("Rules alone read the words. The answer of us.meta.llama4-maverick-17b-instruct-v1:0 is not in the form", failed.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (planned.ExitCode, failed.ExitCode));
        Assert.Contains("claude-haiku-4-5", spent.Out, StringComparison.Ordinal);
    }
}
