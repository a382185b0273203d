using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>A model looks at hits and describes pictures, over HTTP.</summary>
public sealed class VisionApiTests(ServedVision served) : IClassFixture<ServedVision>
{
    private readonly ServerRun _server = served.Server;

    [Fact]
    public async Task The_plain_page_comes_first_then_verdicts_then_the_order_and_asked_again_costs_nothing()
    {
        var plain = await _server.GetAsync("/api/search?q=red+flower");

        var told = await AllAsync("/api/judge", new { q = "red flower" });
        var calls = served.Model.Calls.Count;
        var again = (await AllAsync("/api/judge", new { q = "red flower", top = 12 }))[^1].Told;

        Assert.Equal(["page", "verdict", "verdict", "verdict", "verdict", "order"], told.Select(one => one.Name));
        Assert.Equal(Ids(plain.GetProperty("results")), Ids(told[0].Told.GetProperty("results")));
        Assert.Contains(told, one => one.Name == "verdict" && one.Told.GetProperty("verdict").GetRawText() == """{"decision":"keep","grade":9,"reason":"a blue sea"}""");
        var order = told[^1].Told;
        var names = plain.GetProperty("results").EnumerateArray().ToDictionary(hit => hit.GetProperty("id").GetString()!, hit => Path.GetFileName(hit.GetProperty("path").GetString()));
        Assert.Equal(["blue-sea.png", "black-sky.png"], order.GetProperty("order").EnumerateArray().Select(id => names[id.GetString()!]));
        Assert.Equal(2, order.GetProperty("dropped").GetArrayLength());
        Assert.InRange(order.GetProperty("judge").GetProperty("cost").GetDecimal(), 0.00001m, 0.05m);
        Assert.Equal((4, 0m), (again.GetProperty("judge").GetProperty("cached").GetInt32(), again.GetProperty("judge").GetProperty("cost").GetDecimal()));
        Assert.Equal(calls, served.Model.Calls.Count);
    }

    [Fact]
    public async Task What_is_excluded_is_left_to_the_model_where_the_question_says_so()
    {
        var plain = (await AllAsync("/api/judge", new { q = "red flower -blue" }))[0].Told;
        var wide = (await AllAsync("/api/judge", new { q = "red flower -blue", widen = true }))[0].Told;
        var wanted = await _server.GetAsync("/api/search?q=red+flower");

        var (far, near, whole) = (Score(plain), Score(wide), Score(wanted));
        Assert.True(Math.Abs(whole - near) < Math.Abs(whole - far), $"{whole} without exclusion, {near} widened, {far} plain");

        static double Score(JsonElement page) => page.GetProperty("results").EnumerateArray()
            .Single(hit => hit.GetProperty("path").GetString()!.EndsWith("red-flower.png", StringComparison.Ordinal)).GetProperty("score").GetDouble();
    }

    [Fact]
    public async Task The_page_does_not_wait_for_the_model_and_one_who_leaves_stops_it()
    {
        var before = served.Model.Calls.Count;
        served.Model.Inject(new BedrockFault.StreamPause(0));
        var events = await EventReader.AskAsync(_server, "/api/judge", new { q = "something else" });

        var page = await events.UntilAsync("page");
        Assert.Equal(4, page.GetProperty("results").GetArrayLength());
        while (served.Model.Calls.Count == before)
        {
            await Task.Yield();
        }

        await events.DisposeAsync();

        await served.Model.Calls[before].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_goes_wrong_with_the_model_leaves_the_plain_order_and_says_why()
    {
        served.Model.Inject(new BedrockFault.StreamException(4, "modelStreamErrorException", "The model failed."));

        var told = await AllAsync("/api/judge", new { q = "green meadow" });

        var (page, order) = (told[0].Told, told[^1].Told);
        Assert.Equal(Ids(page.GetProperty("results")), order.GetProperty("order").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal((false, 0), (order.GetProperty("judge").GetProperty("isReordered").GetBoolean(), order.GetProperty("dropped").GetArrayLength()));
        Assert.Contains("The order is the plain one. Amazon Bedrock gave no answer: The model failed.", order.GetProperty("judge").GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/judge", """{"q":"red","top":101}""", "Have 1 to 100")]
    [InlineData("/api/judge", """{"q":"sort:size"}""", "sort:date")]
    [InlineData("/api/captions", """{}""", "Say which pictures")]
    [InlineData("/api/captions", """{"q":"red","limit":0}""", "The limit is 0")]
    public async Task What_cannot_be_asked_is_a_problem_and_no_stream(string path, string question, string detail)
    {
        var (status, problem) = await ServerQuestions.ProblemAsync(_server.Client.PostAsync(path, new StringContent(question, null, "application/json")));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Described_pictures_are_found_at_once_and_told_to_those_who_listen_and_not_described_again()
    {
        await using var listening = await EventReader.OpenAsync(_server);
        _ = await listening.UntilAsync("collection");

        var told = await AllAsync("/api/captions", new { q = "type:png folder:sea" });
        var id = told[1].Told.GetProperty("id").GetString();
        var again = await AllAsync("/api/captions", new { ids = new[] { id } });

        Assert.Equal(["estimate", "caption", "end"], told.Select(one => one.Name));
        Assert.Equal(1, told[0].Told.GetProperty("pictures").GetInt32());
        Assert.Equal("a zeppelin over the harbour", told[1].Told.GetProperty("caption").GetString());
        Assert.Equal((1, 0, 0), (told[2].Told.GetProperty("described").GetInt32(), told[2].Told.GetProperty("failed").GetInt32(), told[2].Told.GetProperty("left").GetInt32()));
        Assert.Equal(id, (await _server.GetAsync("/api/search?q=zeppelin"))!.GetProperty("results")[0].GetProperty("id").GetString());
        _ = await listening.UntilAsync("collection");
        Assert.Equal(0, again[0].Told.GetProperty("pictures").GetInt32());
    }

    [Fact]
    public async Task While_somebody_writes_to_the_collection_nothing_is_described()
    {
        using var home = new ImageSearchHome(served.Workplace.Options(), TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, default);

        var (status, problem) = await ServerQuestions.ProblemAsync(_server.Client.PostAsJsonAsync("/api/captions", new { q = "" }));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"{Environment.ProcessId}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_says_what_a_model_can_be_asked_and_what_that_costs()
    {
        var vision = (await _server.GetAsync("/api/session")).GetProperty("vision");

        Assert.True(vision.GetProperty("caption").GetBoolean());
        Assert.Equal(12, vision.GetProperty("judge").GetProperty("pictures").GetInt32());
        Assert.InRange(vision.GetProperty("judge").GetProperty("dollars").GetDecimal(), 0.005m, 0.01m);
    }

    private async Task<List<(string Name, JsonElement Told)>> AllAsync(string path, object question)
    {
        await using var events = await EventReader.AskAsync(_server, path, question);
        return await events.AllAsync();
    }

    private static List<string> Ids(JsonElement hits) => [.. hits.EnumerateArray().Select(hit => hit.GetProperty("id").GetString()!)];
}
