using System.Diagnostics;
using ImageSearch.Testing;
using ImageSearch.Testing.Qdrant;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>The worker, killed without warning at random times while it keeps two changing libraries in step.</summary>
public sealed class WorkerKillLoopTests : IDisposable
{
    private const int Kills = 50;
    private const int RestartEach = 5;
    private const int Seed = 20240229;

    private static readonly string[] Libraries = ["pictures", "more"];

    private readonly ITestOutputHelper _output;
    private readonly Workplace _workplace = new();
    private readonly Random _random = new(Seed);
    private Func<Task> _restart = () => Task.CompletedTask;
    private bool _restarts;
    private int _pictures;

    public WorkerKillLoopTests(ITestOutputHelper output)
    {
        _output = output;
        _workplace.Environment["IMAGESEARCH__Indexing__BatchSize"] = "8";
        _workplace.Environment["IMAGESEARCH__Libraries__0__Path"] = "pictures";
        _workplace.Environment["IMAGESEARCH__Libraries__1__Path"] = "more";
        AddPictures(120);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public Task After_50_kills_every_file_of_both_libraries_is_in_the_collection_once_or_in_the_failure_list() => KillAsync();

    [Fact]
    public async Task After_50_kills_and_restarts_of_Qdrant_in_mid_run_every_file_is_in_the_collection_once_or_in_the_failure_list()
    {
        await using var server = await FakeQdrant.StartAsync(new FakeQdrantOptions { ApiKey = "secret", RemembersCalls = false });
        _workplace.UseQdrant(server, "secret");
        _restart = server.RestartAsync;

        await KillAsync();

        Assert.Empty(server.Violations);
    }

    private async Task KillAsync()
    {
        var (underWay, whole) = (0, (await RunAsync(TimeSpan.FromMinutes(1))).Took);
        for (var killed = 0; killed < Kills; killed++)
        {
            Change();
            _restarts = killed % RestartEach == 0;
            var (begun, watched, took) = await RunAsync(whole * (0.4 + (0.6 * _random.NextDouble())));
            underWay += begun && !watched ? 1 : 0;

            // One that had begun to watch tells how long a run takes now; one that had not begun at all, that the machine is slower.
            whole = watched ? took : begun ? whole : whole * 1.25;
        }

        Assert.InRange(underWay, Kills / 4, Kills);
        await FinishAsync();
        var died = await WorkerInvariants.CheckAsync(_workplace);
        _output.WriteLine($"seed {Seed}: {Kills} kills, {underWay} of them while a library was looked through; {_pictures} pictures written; {died} set aside");

        // Who was killed without a fault of his own is taken up by retry.
        _ = await _workplace.RunAsync("retry");
        Assert.Equal(0, await WorkerInvariants.CheckAsync(_workplace));
    }

    /// <summary>Runs the worker until both libraries are watched or the limit has passed, and kills it.</summary>
    private async Task<(bool Begun, bool Watched, TimeSpan Took)> RunAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        using var time = new CancellationTokenSource(limit);
        await using var worker = WorkerRun.Start(_workplace);
        var begun = false;
        try
        {
            _ = await worker.UntilAsync("Indexing library", time.Token);
            begun = true;
            await (_restarts ? _restart() : Task.CompletedTask);
            await worker.UntilWatchedAsync(Libraries, time.Token);
            return (begun, Watched: true, watch.Elapsed);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            return (begun, Watched: false, watch.Elapsed);
        }
    }

    private async Task FinishAsync()
    {
        await using var worker = WorkerRun.Start(_workplace);
        await worker.UntilWatchedAsync(Libraries);
        Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
    }

    /// <summary>Some pictures come, one changes, one goes, one moves from library to library.</summary>
    private void Change()
    {
        AddPictures(8);
        TinyPicture.Write(AnyPicture(), _random.Next());
        File.Delete(AnyPicture());
        File.Move(AnyPicture(), PathOf($"moved{_random.Next()}.bmp"));
    }

    private void AddPictures(int count)
    {
        for (var i = 0; i < count; i++)
        {
            TinyPicture.Write(PathOf($"{_pictures % 10}/{_pictures++:D5}.bmp"), _random.Next());
        }
    }

    private string PathOf(string path) => Path.Combine(_workplace.Folder, Libraries[_random.Next(Libraries.Length)], path);

    private string AnyPicture()
    {
        var pictures = Libraries.SelectMany(library => Directory.GetFiles(Path.Combine(_workplace.Folder, library), "*.bmp", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).ToList();
        return pictures[_random.Next(pictures.Count)];
    }
}
