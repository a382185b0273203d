using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Search over HTTP, as a program uses it.</summary>
public sealed class SearchApiTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public SearchApiTests() => _workplace.AddPictures();

    [Fact]
    public async Task A_search_answers_with_hits_in_the_shape_of_the_command_line()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        await using var server = await ServerRun.StartedAsync(_workplace);

        var page = await server.GetAsync("/api/search?q=red+flower");

        var hit = page.GetProperty("results")[0];
        Assert.Equal("red-flower.png", hit.GetProperty("path").GetString());
        var printed = JsonDocument.Parse((await _workplace.RunAsync("search", "red flower", "--output", "json")).Out).RootElement.GetProperty("results")[0];
        Assert.Equal(printed.GetProperty("id").GetString(), hit.GetProperty("id").GetString());
        Assert.Equal(
            printed.EnumerateObject().Select(member => member.Name).Except(["file", "otherFiles"]),
            hit.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Without_a_collection_the_answer_is_503_and_names_it()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var answer = await server.Client.GetAsync("/api/search?q=red");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("collection", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("dependency").GetString());
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_a_problem_with_the_cure()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var answer = await server.Client.GetAsync("/api/search?q=sort:size");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("sort:date", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _workplace.Dispose();
}
