using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>What a program asks for and gets, over one server.</summary>
public sealed class SearchPagesTests(ServedPictures served) : IClassFixture<ServedPictures>
{
    [Fact]
    public async Task Pages_follow_on_from_each_other_until_all_hits_were_seen()
    {
        var first = await GetAsync("/api/search?q=sea&limit=3");
        var second = await GetAsync($"/api/search?q=sea&limit=3&cursor={first.GetProperty("nextCursor").GetString()}");

        Assert.Equal([1, 2, 3], Ranks(first));
        Assert.Equal([4], Ranks(second));
        Assert.Equal(4, Paths(first).Concat(Paths(second)).Distinct().Count());
        Assert.True(first.GetProperty("hasMore").GetBoolean());
        Assert.False(second.GetProperty("hasMore").GetBoolean());
        Assert.False(second.TryGetProperty("nextCursor", out _));
    }

    [Fact]
    public async Task A_cursor_of_another_query_is_refused_with_the_cure()
    {
        var cursor = (await GetAsync("/api/search?q=sea&limit=1")).GetProperty("nextCursor").GetString();

        var (status, problem) = await ServerQuestions.ProblemAsync(served.Server.Client.GetAsync($"/api/search?q=meadow&limit=1&cursor={cursor}"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("another query", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_understood_is_told_item_by_item()
    {
        var answer = await GetAsync($"/api/search?q={Uri.EscapeDataString("blue sea type:PNG -flower \"sea\" sort:date")}");

        Assert.Equal("blue sea type:png -flower \"sea\" sort:date", answer.GetProperty("query").GetString());
        Assert.Equal(
            [("blue sea", "words"), ("type:png", "filter"), ("-flower", "exclude"), ("\"sea\"", "exact"), ("sort:date", "sort")],
            answer.GetProperty("understood").EnumerateArray().Select(item => (item.GetProperty("text").GetString()!, item.GetProperty("kind").GetString()!)));
    }

    [Fact]
    public async Task Coverage_tells_what_cannot_be_found()
    {
        var coverage = (await GetAsync("/api/search?q=sea")).GetProperty("coverage");

        Assert.Equal((4, 5, 1), (Number(coverage, "searchable"), Number(coverage, "found"), Number(coverage, "failed")));
    }

    [Fact]
    public async Task Pictures_like_an_indexed_one_are_found_by_its_id_in_three_ways()
    {
        var id = (await GetAsync("/api/search?q=blue+sea&limit=1")).GetProperty("results")[0].GetProperty("id").GetString();

        var similar = await GetAsync($"/api/similar/{id}");
        var asked = await GetAsync($"/api/search?q=like:id:{id}");
        using var posted = await served.Server.Client.PostAsJsonAsync("/api/search", new { like = new[] { new { id } } });

        Assert.Equal(3, Paths(similar).Count);
        Assert.DoesNotContain("sea/blue-sea.png", Paths(similar));
        Assert.Equal(Paths(similar), Paths(asked));
        Assert.Equal(Paths(similar), Paths(await posted.Content.ReadFromJsonAsync<JsonElement>()));
    }

    [Fact]
    public async Task A_document_asks_for_pictures_with_weights_beside_words_and_filters()
    {
        var id = (await GetAsync("/api/search?q=red+flower&limit=1")).GetProperty("results")[0].GetProperty("id").GetString();

        using var posted = await served.Server.Client.PostAsJsonAsync(
            "/api/search", new { q = "sea folder:sea", like = new object[] { new { id, weight = -0.5 } }, limit = 2, minScore = 0.0 });
        var answer = await posted.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal($"sea -0.5:like:id:{id} folder:sea", answer.GetProperty("query").GetString());
        Assert.Equal(["sea/blue-sea.png"], Paths(answer));
    }

    [Theory]
    [InlineData("like:/etc/passwd")]
    [InlineData("like:../home/embeddings.db")]
    [InlineData("like:pictures/red-flower.png/../../home")]
    [InlineData("like:file:///etc/passwd")]
    [InlineData("like:id:red-flower.png")]
    [InlineData("like:upload:../red-flower.png")]
    [InlineData("like:broken.png")]
    public async Task No_file_is_ever_searched_by(string query)
    {
        var (status, problem) = await ServerQuestions.ProblemAsync(served.Server.Client.GetAsync($"/api/search?q={Uri.EscapeDataString(query)}"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("There is no picture", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facets_count_what_passes_the_filters_and_say_how_to_filter_by_it()
    {
        var facets = (await GetAsync("/api/facets?q=type:png+folder:sea&facets=folder,format,year&limit=5")).GetProperty("facets");

        Assert.Equal(["folder", "format", "year"], facets.EnumerateObject().Select(facet => facet.Name));
        Assert.Equal(
            """[{"value":"sea","count":1,"filter":"folder:sea"}]""", facets.GetProperty("folder").GetRawText());
        Assert.Equal("taken:2024", facets.GetProperty("year")[0].GetProperty("filter").GetString());
    }

    [Fact]
    public async Task What_is_being_typed_is_completed()
    {
        var suggestions = (await GetAsync("/api/suggestions?q=blue+fold")).GetProperty("suggestions");

        Assert.Equal(("folder:", "key", "blue folder:"), Told(suggestions[0]));
        suggestions = (await GetAsync("/api/suggestions?q=folder:ni")).GetProperty("suggestions");
        Assert.Equal(("folder:night", "value", "folder:night"), Told(suggestions[0]));
    }

    [Fact]
    public async Task Libraries_tell_what_is_indexed_and_what_failed()
    {
        var library = (await GetAsync("/api/libraries")).GetProperty("libraries")[0];
        var failures = await GetAsync("/api/libraries/pictures/failures");

        Assert.Equal(("pictures", 4, 1), (library.GetProperty("name").GetString(), Number(library, "indexed"), Number(library, "failed")));
        Assert.Equal("completed", library.GetProperty("lastRun").GetProperty("outcome").GetString());
        Assert.Equal(1, Number(failures, "total"));
        Assert.Equal("broken.png", failures.GetProperty("failures")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Collections_tell_which_one_is_searched()
    {
        var collection = (await GetAsync("/api/collections")).GetProperty("collections")[0];

        Assert.Equal((4, true), (Number(collection, "points"), collection.GetProperty("isSearched").GetBoolean()));
        Assert.StartsWith("offline-", collection.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    private static (string?, string?, string?) Told(JsonElement suggestion) =>
        (suggestion.GetProperty("text").GetString(), suggestion.GetProperty("kind").GetString(), suggestion.GetProperty("query").GetString());

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static List<int> Ranks(JsonElement answer) => [.. answer.GetProperty("results").EnumerateArray().Select(hit => Number(hit, "rank"))];

    private static List<string> Paths(JsonElement answer) => [.. answer.GetProperty("results").EnumerateArray().Select(hit => hit.GetProperty("path").GetString()!)];

    private Task<JsonElement> GetAsync(string path) => served.Server.GetAsync(path);
}
