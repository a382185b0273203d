using ImageSearch.Testing.Qdrant;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>Collections on a Qdrant server, which is a stand-in here, as a person uses them.</summary>
public sealed class QdrantTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private FakeQdrant _server = null!; // set by InitializeAsync, before any test

    private string Collection => $"qdrant://{_server.Url.Authority}/photos";

    public async Task InitializeAsync()
    {
        _server = await FakeQdrant.StartAsync(new FakeQdrantOptions { ApiKey = "secret-of-the-server" });
        _workplace.AddPictures();
        _workplace.Environment["IMAGESEARCH__Collection__Name"] = Collection;
        _workplace.Environment["QDRANT_API_KEY"] = "secret-of-the-server";
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Pictures_are_indexed_found_and_forgotten_as_in_an_embedded_collection()
    {
        var indexed = await _workplace.RunAsync("index", "pictures");
        Assert.Equal((0, ""), (indexed.ExitCode, indexed.Error));
        Assert.Contains("4 new", indexed.Out, StringComparison.Ordinal);
        Assert.Contains("4 unchanged", (await _workplace.RunAsync("index")).Out, StringComparison.Ordinal);

        var found = await _workplace.RunAsync("search", "red flower", "--limit", "1", "--output", "paths");
        Assert.Equal(_workplace.PictureAt("red-flower.png"), Assert.Single(found.OutLines));
        var filtered = await _workplace.RunAsync("search", "folder:sea", "--output", "paths");
        Assert.Equal(_workplace.PictureAt("sea/blue-sea.png"), Assert.Single(filtered.OutLines));
        var similar = await _workplace.RunAsync("similar", "pictures/sea/blue-sea.png", "--limit", "2", "--output", "paths");
        Assert.Equal(2, similar.OutLines.Count);
        Assert.DoesNotContain(_workplace.PictureAt("sea/blue-sea.png"), similar.OutLines);
        Assert.Contains("pictures,4", (await _workplace.RunAsync("status", "--output", "csv")).Out, StringComparison.Ordinal);

        File.Delete(_workplace.PictureAt("red-flower.png"));
        Assert.Contains("1 removed", (await _workplace.RunAsync("index")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await _workplace.RunAsync("forget", "pictures", "--yes")).ExitCode);
        Assert.Empty((await _workplace.RunAsync("search", "type:png", "--output", "paths")).Out);
        Assert.False(Directory.Exists(Path.Combine(_workplace.Home, "collections")));
    }

    [Fact]
    public async Task The_answers_are_those_of_an_embedded_collection()
    {
        _ = await _workplace.RunAsync("index", "pictures", "--collection", Collection, "--collection", "embedded");

        foreach (var query in new[] { "blue", "flower", "\"green meadow\"", "night -sky", "type:png", "path:*sea*", "meadow folder:night" })
        {
            var served = await _workplace.RunAsync("search", query, "--output", "paths");
            var embedded = await _workplace.RunAsync("search", query, "--output", "paths", "--collection", "embedded");
            Assert.Equal((query, 0, embedded.Out), (query, served.ExitCode, served.Out));
        }
    }

    [Fact]
    public async Task A_collection_is_made_to_a_size_looked_at_saved_dropped_and_restored()
    {
        var made = await _workplace.RunAsync("collection", "create", "--profile", "node");
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        _ = await _workplace.RunAsync("index", "pictures");

        var info = await _workplace.RunAsync("collection", "info", "--output", "csv");
        Assert.Contains("quantisation,turbo 4 bits", info.Out, StringComparison.Ordinal);
        Assert.Contains("pictures,4", info.Out, StringComparison.Ordinal);
        Assert.Contains($"{Collection},4", (await _workplace.RunAsync("collection", "list", "--output", "csv")).Out, StringComparison.Ordinal);

        Assert.Equal(0, (await _workplace.RunAsync("collection", "snapshot", "photos.snapshot")).ExitCode);
        Assert.Equal(2, (await _workplace.RunAsync("collection", "drop")).ExitCode);
        Assert.Equal(0, (await _workplace.RunAsync("collection", "drop", "--yes")).ExitCode);
        Assert.Equal(5, (await _workplace.RunAsync("search", "red")).ExitCode);
        Assert.Equal(0, (await _workplace.RunAsync("collection", "restore", "photos.snapshot")).ExitCode);
        Assert.Equal(4, (await _workplace.RunAsync("search", "type:png", "--output", "paths")).OutLines.Count);
    }

    [Fact]
    public async Task What_is_done_to_servers_says_so_of_a_collection_in_the_home()
    {
        var dropped = await _workplace.RunAsync("collection", "drop", "--yes", "--collection", "offline-1024");

        Assert.Equal(2, dropped.ExitCode);
        Assert.Contains("lies in the home folder", dropped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_never_shown()
    {
        _workplace.Environment["IMAGESEARCH__Collection__ApiKey"] = "another-secret";

        var shown = await _workplace.RunAsync("config", "show");
        var refused = await _workplace.RunAsync("index", "pictures", "--verbose");

        Assert.Contains("Collection:ApiKey", shown.Out, StringComparison.Ordinal);
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("Set QDRANT_API_KEY", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", shown.Out + shown.Error + refused.Out + refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "Bad request: Forbidden: Upsert limit exceeded", 5, "strict mode")]
    [InlineData(507, "Insufficient storage: Disk usage exceeds the configured quota", 5, "Free some space")]
    [InlineData(429, "Rate limiting exceeded: Write rate limit exceeded", 5, "rate limits")]
    [InlineData(403, "Forbidden: x", 5, "may also write")]
    public async Task A_server_that_refuses_stops_the_run_which_is_resumed(int status, string message, int code, string cure)
    {
        _server.Inject(new QdrantFault.Error(status, message) { Operation = "upsert_points", Times = int.MaxValue });

        var stopped = await _workplace.RunAsync("index", "pictures");

        Assert.Equal(code, stopped.ExitCode);
        Assert.Contains(cure, stopped.Error, StringComparison.Ordinal);
        _server.ClearFaults();
        var resumed = await _workplace.RunAsync("index");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("pictures: 4 files", resumed.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await _workplace.RunAsync("search", "type:png", "--output", "paths")).OutLines.Count);
    }

    [Fact]
    public async Task A_server_that_is_away_stops_the_run_before_the_first_picture()
    {
        await _server.StopAsync();

        var stopped = await _workplace.RunAsync("index", "pictures");

        Assert.Equal(5, stopped.ExitCode);
        Assert.Contains("cannot be reached", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_was_dropped_is_filled_again()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        _ = await _workplace.RunAsync("collection", "drop", "--yes");

        Assert.Equal(0, (await _workplace.RunAsync("index")).ExitCode);
        Assert.Equal(4, (await _workplace.RunAsync("search", "type:png", "--output", "paths")).OutLines.Count);
    }
}
