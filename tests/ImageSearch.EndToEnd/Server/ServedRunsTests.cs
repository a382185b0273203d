using System.Net;
using ImageSearch.Indexing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Indexing within the server and beside it.</summary>
public sealed class ServedRunsTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public ServedRunsTests() => _workplace.AddPictures();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task What_is_indexed_beside_the_server_is_found_without_a_restart_and_told_to_those_who_listen()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        await using var server = await ServerRun.StartedAsync(_workplace);
        await using var events = await EventReader.OpenAsync(server);
        Assert.Equal(4, await CountAsync(server));
        PngPicture.Write(_workplace.PictureAt("sea/lighthouse.png"), 200, 200, 210);

        _ = await _workplace.RunAsync("index", "pictures");

        Assert.Contains("sea/lighthouse.png", await PathsAsync(server, "lighthouse"));
        _ = await events.UntilAsync("collection", news => news.GetProperty("points").GetInt32() == 5);
    }

    [Fact]
    public async Task Who_comes_late_is_told_how_the_collection_stands_and_all_of_a_change_that_leaves_the_number_of_pictures()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        await using var server = await ServerRun.StartedAsync(_workplace);
        await using var early = await EventReader.OpenAsync(server);
        var first = await early.UntilAsync("collection");
        await using var late = await EventReader.OpenAsync(server);
        var standing = await late.UntilAsync("collection");
        PngPicture.Write(_workplace.PictureAt("red-flower.png"), 9, 9, 9);

        _ = await _workplace.RunAsync("index", "pictures");

        Assert.Equal(first.ToString(), standing.ToString());
        foreach (var events in new[] { early, late })
        {
            var changed = await events.UntilAsync("collection", news => news.GetProperty("mark").GetString() != standing.GetProperty("mark").GetString());
            Assert.Equal(4, changed.GetProperty("points").GetInt32());
        }
    }

    [Fact]
    public async Task The_server_indexes_a_library_and_tells_how_far_it_has_come()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        PngPicture.Write(_workplace.PictureAt("sea/lighthouse.png"), 200, 200, 210);
        await using var server = await ServerRun.StartedAsync(_workplace);
        await using var events = await EventReader.OpenAsync(server);

        using var answer = await server.Client.PostAsync("/api/libraries/pictures/index", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var done = await events.UntilAsync("progress", progress => progress.GetProperty("phase").GetString() != "indexing");
        Assert.Equal(("done", 5, 5), (done.GetProperty("phase").GetString(), done.GetProperty("done").GetInt32(), done.GetProperty("indexed").GetInt32()));
        Assert.Contains("sea/lighthouse.png", await PathsAsync(server, "lighthouse"));
        var library = (await server.GetAsync("/api/libraries")).GetProperty("libraries")[0];
        Assert.Equal(5, library.GetProperty("indexed").GetInt32());
        Assert.False(library.TryGetProperty("progress", out _));
    }

    [Fact]
    public async Task Files_that_were_refused_are_taken_up_again_when_asked_for()
    {
        File.WriteAllText(_workplace.PictureAt("sky.png"), "no picture");
        _ = await _workplace.RunAsync("index", "pictures");
        await using var server = await ServerRun.StartedAsync(_workplace);
        await using var events = await EventReader.OpenAsync(server);

        using var answer = await server.Client.PostAsync("/api/libraries/pictures/retry", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var done = await events.UntilAsync("progress", progress => progress.GetProperty("phase").GetString() == "done");
        Assert.Equal(1, done.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task A_library_that_another_process_indexes_is_refused_with_its_holder()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        await using var server = await ServerRun.StartedAsync(_workplace);
        using var home = new ImageSearchHome(_workplace.Options(), TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(Collections.CollectionAccess.Write, default);
        var library = home.Libraries.Find("pictures")!;
        using var ledger = home.OpenLedger(library);
        await using var run = home.IndexerOf(collection, ledger, NullLogger<ImageIndexer>.Instance).IndexAsync(library).GetAsyncEnumerator();
        _ = await run.MoveNextAsync();

        var (status, problem) = await ServerQuestions.ProblemAsync(server.Client.PostAsync("/api/libraries/pictures/index", null));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"{Environment.ProcessId}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_under_way_when_the_server_stops_is_taken_up_by_the_next_one()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        for (var i = 0; i < 200; i++)
        {
            PngPicture.Write(_workplace.PictureAt($"many/{i}.png"), (byte)i, (byte)(255 - i), 100);
        }

        await using (var server = await ServerRun.StartedAsync(_workplace))
        {
            await using var events = await EventReader.OpenAsync(server);
            using var answer = await server.Client.PostAsync("/api/libraries/pictures/index", null);
            _ = await events.UntilAsync("progress");

            var ended = await server.Program.TerminateAsync();

            Assert.Equal(0, ended.ExitCode);
        }

        await using var next = await ServerRun.StartedAsync(_workplace);
        await using var following = await EventReader.OpenAsync(next);
        using var again = await next.Client.PostAsync("/api/libraries/pictures/index", null);
        var done = await following.UntilAsync("progress", progress => progress.GetProperty("phase").GetString() == "done");
        Assert.Equal(204, done.GetProperty("indexed").GetInt32());
        Assert.Equal(204, await CountAsync(next));
    }

    [Fact]
    public async Task A_run_is_stopped_when_asked_for_and_one_that_is_not_there_is_404()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        for (var i = 0; i < 200; i++)
        {
            PngPicture.Write(_workplace.PictureAt($"many/{i}.png"), (byte)i, (byte)(255 - i), 100);
        }

        await using var server = await ServerRun.StartedAsync(_workplace);
        await using var events = await EventReader.OpenAsync(server);
        using var started = await server.Client.PostAsync("/api/libraries/pictures/index", null);
        using var stopped = await server.Client.DeleteAsync("/api/libraries/pictures/index");

        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        var end = await events.UntilAsync("progress", progress => progress.GetProperty("phase").GetString() is "stopped" or "done");
        Assert.InRange(end.GetProperty("indexed").GetInt32(), 0, 204);
        var (status, _) = await ServerQuestions.ProblemAsync(server.Client.DeleteAsync("/api/libraries/pictures/index"));
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    private static async Task<int> CountAsync(ServerRun server) =>
        (await server.GetAsync("/api/search?limit=1")).GetProperty("coverage").GetProperty("searchable").GetInt32();

    private static async Task<List<string>> PathsAsync(ServerRun server, string query) =>
        [.. (await server.GetAsync($"/api/search?q={query}")).GetProperty("results").EnumerateArray().Select(hit => hit.GetProperty("path").GetString()!)];
}
