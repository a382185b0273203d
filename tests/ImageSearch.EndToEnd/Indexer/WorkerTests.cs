using System.Net;
using ImageSearch.Collections;
using ImageSearch.Indexer.Settings;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

public sealed class WorkerTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public WorkerTests()
    {
        _workplace.AddPictures();
        PngPicture.Write(Path.Combine(_workplace.Folder, "more", "yellow-sun.png"), 230, 200, 30);
        _workplace.Environment["IMAGESEARCH__Libraries__0__Path"] = "pictures";
        _workplace.Environment["IMAGESEARCH__Libraries__1__Path"] = "more";
        _workplace.Environment["IMAGESEARCH__Libraries__1__Name"] = "others";
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Two_libraries_are_indexed_watched_and_found()
    {
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        await worker.UntilWatchedAsync("pictures", "others");
        var found = await _workplace.RunAsync("search", "--output", "paths");
        PngPicture.Write(_workplace.PictureAt("late.png"), 90, 90, 10);
        _ = await worker.UntilAsync("1 new");
        File.Delete(Path.Combine(_workplace.Folder, "more", "yellow-sun.png"));
        PngPicture.Write(Path.Combine(_workplace.Folder, "more", "moon.png"), 200, 200, 210);
        _ = await worker.UntilAsync("1 removed");

        var stopped = await worker.TerminateAsync();

        Assert.Equal(5, found.OutLines.Count);
        Assert.Equal((0, ""), (stopped.ExitCode, stopped.Error));
        Assert.Contains("Worker stopped", stopped.Out, StringComparison.Ordinal);
        await WorkerInvariants.CheckAsync(_workplace);
    }

    [Fact]
    public async Task Health_and_metrics_tell_what_goes_on()
    {
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        await worker.UntilWatchedAsync("pictures", "others");

        var (status, report) = await worker.HealthAsync();
        var metrics = await worker.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("live\n", await worker.GetAsync("/health/live"));
        Assert.Equal(("ready", "0/1"), (report.Status, report.Shard));
        Assert.Equal(["collection", "embeddings", "spending", "home", "libvips", "library others", "library pictures"], report.Dependencies.Select(dependency => dependency.Name));
        Assert.All(report.Libraries, library => Assert.Equal("watching", library.Phase));
        Assert.Contains("# TYPE imagesearch_files_total counter\n", metrics, StringComparison.Ordinal);
        Assert.Contains("imagesearch_files_total{library=\"pictures\",outcome=\"new\"} 4\n", metrics, StringComparison.Ordinal);
        Assert.Contains("imagesearch_files_total{library=\"others\",outcome=\"new\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_whose_disk_is_not_mounted_is_told_and_taken_up_when_it_comes()
    {
        var folder = Path.Combine(_workplace.Folder, "more");
        Directory.Move(folder, folder + ".away");
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        _ = await worker.UntilAsync("library others is away for others");
        var (status, report) = await worker.HealthAsync();

        Directory.Move(folder + ".away", folder);
        _ = await worker.UntilAsync("library others is there");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        var down = Assert.Single(report.Dependencies, dependency => dependency.Status == "down");
        Assert.Equal("library others", down.Name);
        Assert.Contains("does not exist", down.Message, StringComparison.Ordinal);
        Assert.NotNull(down.Since);
        Assert.Equal("waiting", report.Libraries.Single(library => library.Name == "others").Phase);
        Assert.Equal(HttpStatusCode.OK, (await worker.HealthAsync()).Status);
        _ = await worker.TerminateAsync();
        await WorkerInvariants.CheckAsync(_workplace);
    }

    [Fact]
    public async Task A_collection_that_another_process_writes_is_told_and_taken_up_when_it_is_free()
    {
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = _workplace.Home }, TimeProvider.System);
        var held = await home.OpenCollectionAsync(CollectionAccess.Write, CancellationToken.None);
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        _ = await worker.UntilAsync("collection is away for worker");
        var (status, report) = await worker.HealthAsync();

        await held.DisposeAsync();
        _ = await worker.UntilAsync("collection is there");
        await worker.UntilWatchedAsync("pictures", "others");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("collection", Assert.Single(report.Dependencies, dependency => dependency.Status == "down").Name);
        Assert.Equal(HttpStatusCode.OK, (await worker.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_provider_that_refuses_is_told_and_the_run_taken_up_when_it_does_not()
    {
        await using var server = await FakeBedrock.StartAsync();
        _workplace.UseBedrock(server);
        server.Inject(new BedrockFault.Error("AccessDeniedException", "You don't have access to the model.") { Times = 8 });
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        _ = await worker.UntilAsync("embeddings is away for");
        var (status, report) = await worker.HealthAsync();

        await worker.UntilWatchedAsync("pictures", "others");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("embeddings", Assert.Single(report.Dependencies, dependency => dependency.Status == "down").Name);
        Assert.Equal(HttpStatusCode.OK, (await worker.HealthAsync()).Status);
        Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
        Assert.DoesNotContain("fake-secret", string.Join('\n', worker.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_writes_what_is_under_way_and_the_next_start_goes_on()
    {
        for (var i = 0; i < 2000; i++)
        {
            PngPicture.Write(_workplace.PictureAt($"{i:D4}.png"), (byte)i, (byte)(i >> 4), (byte)(i >> 8));
        }

        await using (var worker = WorkerRun.Start(_workplace))
        {
            _ = await worker.UntilAsync("Indexing library pictures");
            var stopped = await worker.TerminateAsync();
            Assert.Equal(0, stopped.ExitCode);
            Assert.Contains("Indexing library pictures ended: Interrupted", stopped.Out, StringComparison.Ordinal);
            Assert.Contains("Worker stopped", stopped.Out, StringComparison.Ordinal);
        }

        await using var next = WorkerRun.Start(_workplace);
        await next.UntilWatchedAsync("pictures", "others");
        _ = await next.TerminateAsync();
        await WorkerInvariants.CheckAsync(_workplace);
    }

    [Theory]
    [InlineData("IMAGESEARCH__Worker__Listn", "x", "there is no setting \"Worker:Listn\"")]
    [InlineData("IMAGESEARCH__Worker__Listen", "ftp://x", "Worker:Listen cannot be \"ftp://x\"")]
    [InlineData("IMAGESEARCH__Indexing__Shard", "8/8", "Indexing:Shard cannot be \"8/8\"")]
    [InlineData("IMAGESEARCH__Libraries__2__Name", "third", "has a name and no path")]
    [InlineData("IMAGESEARCH__Libraries__2__Path", "pictures/sea", "lies within that of another library")]
    [InlineData("IMAGESEARCH__Libraries__1__Name", "pictures", "Two libraries are called pictures")]
    [InlineData("IMAGESEARCH__Embedding__Dimension", "7", "Set Embedding:Dimension to 1024")]
    public async Task A_wrong_setting_ends_the_worker_before_it_begins(string variable, string value, string message)
    {
        _workplace.Environment[variable] = value;

        using var process = _workplace.StartProgram("ImageSearch.Indexer.dll");
        var run = await Workplace.FinishAsync(process);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task An_address_that_is_taken_ends_the_worker_before_it_begins()
    {
        await using var first = await WorkerRun.StartedAsync(_workplace);
        var address = first.Messages[^1][first.Messages[^1].LastIndexOf("http://", StringComparison.Ordinal)..];

        using var process = _workplace.StartProgram("ImageSearch.Indexer.dll", "--listen", address);
        var second = await Workplace.FinishAsync(process);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(address, second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ImageSearch.", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_configured_libraries_the_known_ones_are_kept_in_step()
    {
        _workplace.Environment.Clear();
        Assert.Equal(0, (await _workplace.RunAsync("index", "pictures")).ExitCode);

        await using var worker = await WorkerRun.StartedAsync(_workplace);
        await worker.UntilWatchedAsync("pictures");

        Assert.Contains("4 unchanged", string.Join('\n', worker.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_of_the_worker_is_in_the_operations_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

        Assert.All(
            WorkerSettings.Own(new WorkerOptions()).Where(setting => !setting.Key.StartsWith("Libraries:", StringComparison.Ordinal)),
            setting => Assert.Contains($"| `{setting.Key}` | {setting.Summary} | {setting.Values} | {setting.Default} |", guide, StringComparison.Ordinal));
    }
}
