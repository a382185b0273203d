using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImageSearch.Server.Health;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>What the server says about itself.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly Workplace _workplace = new();

    [Fact]
    public async Task Ready_says_that_the_collection_is_away_until_it_is_there()
    {
        _workplace.AddPictures();
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var before = await server.Client.GetAsync("/health/ready");
        _ = await _workplace.RunAsync("index", "pictures");
        using var after = await server.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        var away = await before.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("away", away.GetProperty("status").GetString());
        Assert.Equal(("collection", "down"), StateOf(away, 0));
        Assert.Equal(("embedding", "up"), StateOf(away, 1));
        Assert.DoesNotContain(_workplace.Folder, away.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal("live\n", await server.Client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task Metrics_count_the_requests()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);
        _ = await server.GetAsync("/api/session");

        var metrics = await server.Client.GetStringAsync("/metrics");

        Assert.Contains("http_server_request_duration_seconds_count{", metrics, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/api/session\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_that_is_away_degrades_and_a_collection_that_is_away_ends()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var troubles = new Troubles(time);
        Assert.Equal("ready", HealthReport.Of(troubles.Now).Status);

        troubles.Report("embedding", "It is away.", pause: TimeSpan.FromMinutes(1));
        Assert.Equal("degraded", HealthReport.Of(troubles.Now).Status);
        Assert.Equal("It is away.", HealthReport.Of(troubles.Now).Dependencies.Single(dependency => dependency.Name == "embedding").Message);

        troubles.Report("collection", "It is away.", pause: null);
        Assert.Equal("away", HealthReport.Of(troubles.Now).Status);

        troubles.Clear("collection");
        Assert.Equal("degraded", HealthReport.Of(troubles.Now).Status);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ready", HealthReport.Of(troubles.Now).Status);
    }

    public void Dispose() => _workplace.Dispose();

    private static (string?, string?) StateOf(JsonElement report, int index)
    {
        var dependency = report.GetProperty("dependencies")[index];
        return (dependency.GetProperty("name").GetString(), dependency.GetProperty("status").GetString());
    }
}
