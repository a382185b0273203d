using System.Net;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>The worker with a provider that costs, under a cap.</summary>
public sealed class WorkerSpendingTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _server = await FakeBedrock.StartAsync();
        _workplace.AddPictures();
        _workplace.UseBedrock(_server);
        _workplace.Environment["IMAGESEARCH__Libraries__0__Path"] = "pictures";
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_cap_that_is_reached_makes_the_library_wait_is_told_and_the_next_start_goes_on()
    {
        _workplace.Environment["IMAGESEARCH__Spending__MaxCost"] = "0.00012";
        await using (var capped = await WorkerRun.StartedAsync(_workplace))
        {
            var said = await capped.UntilAsync("spending is away for pictures");
            var (status, report) = await capped.HealthAsync();

            Assert.Contains("the cap of $0.00012", said, StringComparison.Ordinal);
            var down = Assert.Single(report.Dependencies, dependency => dependency.Status == "down");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "spending"), (status, down.Name));
            Assert.Equal(TimeSpan.FromHours(1), down.NextTry - down.Since);
            Assert.Equal("waiting", Assert.Single(report.Libraries).Phase);
            Assert.Equal(0, (await capped.TerminateAsync()).ExitCode);
        }

        Assert.Equal(2, _server.Calls.Count);
        _workplace.Environment["IMAGESEARCH__Spending__MaxCost"] = "1";
        await using var worker = await WorkerRun.StartedAsync(_workplace);
        await worker.UntilWatchedAsync("pictures");

        Assert.Equal(HttpStatusCode.OK, (await worker.HealthAsync()).Status);
        Assert.Equal(0, (await worker.TerminateAsync()).ExitCode);
        Assert.Equal(4, _server.Calls.Count);
    }
}
