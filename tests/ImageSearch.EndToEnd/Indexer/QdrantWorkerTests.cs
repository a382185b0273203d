using System.Net;
using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Qdrant;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>The worker with a collection on a server that comes and goes.</summary>
public sealed class QdrantWorkerTests : IAsyncLifetime, IDisposable
{
    private const string ApiKey = "the-key";

    private readonly Workplace _workplace = new();
    private FakeQdrant _server = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _server = await FakeQdrant.StartAsync(new FakeQdrantOptions { ApiKey = ApiKey });
        _workplace.UseQdrant(_server, ApiKey);
        _workplace.Environment["IMAGESEARCH__Indexing__BatchSize"] = "8";
        _workplace.Environment["IMAGESEARCH__Libraries__0__Path"] = "pictures";
        _workplace.Environment["IMAGESEARCH__Libraries__1__Path"] = "more";
        for (var i = 0; i < 120; i++)
        {
            TinyPicture.Write(Path.Combine(_workplace.Folder, i % 3 == 0 ? "more" : "pictures", $"{i:D3}.bmp"), i);
        }
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_server_that_loses_answers_and_restarts_in_mid_run_costs_and_doubles_nothing()
    {
        _server.Inject(new QdrantFault.Drop(Applied: true) { After = 5, Times = int.MaxValue, Operation = "upsert_points" });
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        _ = await worker.UntilAsync("collection is away for worker");
        var report = await worker.UntilDegradedAsync();

        _server.ClearFaults();
        await _server.RestartAsync();
        await worker.UntilWatchedAsync("pictures", "more");

        Assert.Equal("collection", Assert.Single(report.Dependencies, dependency => dependency.Status == "down").Name);
        Assert.Equal(HttpStatusCode.OK, (await worker.HealthAsync()).Status);
        Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
        Assert.Equal(0, await WorkerInvariants.CheckAsync(_workplace));
        Assert.Empty(_server.Violations);
        Assert.DoesNotContain(ApiKey, string.Join('\n', worker.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_waited_for()
    {
        await _server.StopAsync();
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        _ = await worker.UntilAsync("collection is away for worker");

        await _server.RestartAsync();
        await worker.UntilWatchedAsync("pictures", "more");

        Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
        Assert.Equal(0, await WorkerInvariants.CheckAsync(_workplace));
    }

    [Fact]
    public async Task A_collection_that_is_dropped_while_it_is_watched_is_made_and_filled_again()
    {
        _workplace.Environment["IMAGESEARCH__Worker__LongestPauseSeconds"] = "1";
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        await worker.UntilWatchedAsync("pictures", "more");
        Assert.Equal(0, (await _workplace.RunAsync("collection", "drop", "--yes")).ExitCode);

        TinyPicture.Write(_workplace.PictureAt("late.bmp"), 1000);
        _ = await worker.UntilAsync("collection is away for worker");
        _ = await worker.UntilAsync("is up to date");
        _ = await worker.UntilAsync("is up to date");

        Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
        Assert.Equal(0, await WorkerInvariants.CheckAsync(_workplace));
    }

    [Fact]
    public async Task Three_workers_with_homes_of_their_own_share_two_libraries_at_the_same_time()
    {
        var workers = Enumerable.Range(0, 3).Select(share => WorkerRun.Start(_workplace, "--home", $"home{share}", "--shard", $"{share}/3")).ToList();
        foreach (var worker in workers)
        {
            await worker.UntilWatchedAsync("pictures", "more");
        }

        foreach (var worker in workers)
        {
            Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
            await worker.DisposeAsync();
        }

        using var home = new ImageSearchHome(_workplace.Options(), TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, CancellationToken.None);
        Assert.Equal(120, await collection.CountAsync(ImageFilter.All, CancellationToken.None));
        var upserts = _server.Calls.Count(call => call.Operation == "upsert_points");
        Assert.InRange(upserts, 120 / 8, 60);
    }

    [Fact]
    public async Task Workers_of_one_home_whose_shares_overlap_say_so_and_lose_and_double_nothing()
    {
        await using var first = WorkerRun.Start(_workplace);
        await first.UntilWatchedAsync("pictures", "more");
        await using var second = WorkerRun.Start(_workplace, "--shard", "1/2");

        var said = await second.UntilAsync("is also being indexed by");
        await second.UntilWatchedAsync("pictures", "more");

        Assert.Contains("(all of it): what both share is done twice, safely and to no use", said, StringComparison.Ordinal);
        _ = await second.TerminateAsync();
        _ = await first.TerminateAsync();
        Assert.Equal(0, await WorkerInvariants.CheckAsync(_workplace));
    }
}
