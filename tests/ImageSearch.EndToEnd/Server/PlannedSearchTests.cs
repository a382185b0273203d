using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Plain words become filters over HTTP: by rules always, by a model where the server asks one and the request says so.</summary>
public sealed class PlannedSearchTests : IAsyncLifetime, IDisposable
{
    private const string ByModel = """{"words":"flower","language":"de","without":["people"],"takenFrom":"2020-01-01"}""";

    private readonly Workplace _workplace = new();
    private FakeBedrock _model = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _workplace.AddPictures();
        _model = await FakeBedrock.StartAsync(new FakeBedrockOptions
        {
            Reply = conversation => new FakeReply.ToolCall(
                conversation.ForcedTool!, conversation.ForcedTool == "plan" ? ByModel : """{"language":"de","english":"red flower without people"}"""),
        });
        _workplace.UseBedrock(_model, "offline");
        _ = await _workplace.RunAsync("index", "pictures");
    }

    public async Task DisposeAsync() => await _model.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Rules_read_dates_and_exclusions_and_a_cursor_keeps_the_plan()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);
        const string typed = "q=picture+since+2020+without+flowers&limit=1";

        var page = await server.GetAsync($"/api/search?{typed}");
        var next = await server.GetAsync($"/api/search?{typed}&plan=off&cursor={page.GetProperty("nextCursor").GetString()}");
        var planned = await server.GetAsync($"/api/search?q={Uri.EscapeDataString(page.GetProperty("query").GetString()!)}&limit=1&cursor={page.GetProperty("nextCursor").GetString()}");
        var off = await server.GetAsync($"/api/search?{typed}&plan=off");
        var asTyped = await server.GetAsync($"/api/search?q={Uri.EscapeDataString(page.GetProperty("plan").GetProperty("asTyped").GetString()!)}");
        var facets = await server.GetAsync("/api/facets?q=picture+before+2020&facets=format");

        Assert.Equal("picture -flowers after:2020-01-01", Sorted(page));
        Assert.Equal("""{"from":"picture since 2020 without flowers","by":"rules","asTyped":"1:\"picture since 2020 without flowers\""}""", page.GetProperty("plan").GetRawText());
        Assert.Equal(2, next.GetProperty("results")[0].GetProperty("rank").GetInt32());
        Assert.Equal(next.GetProperty("results").GetRawText(), planned.GetProperty("results").GetRawText());
        Assert.Equal("picture since 2020 without flowers", off.GetProperty("query").GetString());
        Assert.False(off.TryGetProperty("plan", out _));
        Assert.False(asTyped.TryGetProperty("plan", out _));
        Assert.Empty(facets.GetProperty("facets").GetProperty("format").EnumerateArray());
        Assert.Empty(_model.Calls);
    }

    [Fact]
    public async Task A_model_plans_and_translates_only_where_the_server_asks_one()
    {
        await using (var quiet = await ServerRun.StartedAsync(_workplace))
        {
            var (refused, problem) = await ServerQuestions.ProblemAsync(quiet.Client.GetAsync("/api/search?q=flower&plan=model"));
            var (unknown, _) = await ServerQuestions.ProblemAsync(quiet.Client.GetAsync("/api/search?q=flower&plan=clever"));
            Assert.Equal((403, 400), ((int)refused, (int)unknown));
            Assert.Contains("Server:Vision", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Empty(_model.Calls);
        }

        await using var server = await ServerRun.StartedAsync(_workplace, "--vision", "true");
        var planned = await server.GetAsync("/api/search?q=Blumen+ab+2020+ohne+Leute&plan=model&translate=true&limit=1");
        var next = await server.GetAsync($"/api/search?q=Blumen+ab+2020+ohne+Leute&limit=1&cursor={planned.GetProperty("nextCursor").GetString()}");
        var translated = await server.GetAsync("/api/search?q=rote+Blume+ohne+Leute&translate=true");

        Assert.Equal("flower -people after:2020-01-01", Sorted(planned));
        Assert.Equal("""{"from":"de","text":"flower"}""", planned.GetProperty("plan").GetProperty("translated").GetRawText());
        Assert.Equal("model", planned.GetProperty("plan").GetProperty("by").GetString());
        Assert.Equal(2, next.GetProperty("results")[0].GetProperty("rank").GetInt32());
        Assert.Equal("red flower -people", translated.GetProperty("query").GetString());
        Assert.Contains(translated.GetProperty("notes").EnumerateArray(), note => note.GetString() == "Translated from German: 'red flower without people'.");
        Assert.Equal(2, _model.Calls.Count);
    }

    /// <summary>Filters stand in the order in which they were read.</summary>
    private static string Sorted(JsonElement answer) => string.Join(
        ' ', answer.GetProperty("understood").EnumerateArray().OrderBy(item => item.GetProperty("kind").GetString() == "filter").Select(item => item.GetProperty("text").GetString()));
}
