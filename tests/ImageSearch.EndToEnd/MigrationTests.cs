using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Testing.Qdrant;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>Collections that move to another place or to another model while they are searched; Bedrock and Qdrant are stand-ins.</summary>
public sealed class MigrationTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly OfflineEmbeddingGenerator _offline = new(ImageLimits.Default);
    private FakeBedrock _bedrock = null!; // set by InitializeAsync, before any test
    private FakeQdrant _qdrant = null!; // the same

    private string Served => $"qdrant://{_qdrant.Url.Authority}/photos";

    public async Task InitializeAsync()
    {
        _bedrock = await FakeBedrock.StartAsync(new FakeBedrockOptions
        {
            Embed = async (content, _, stopping) => (await _offline.GenerateAsync([content], cancellationToken: stopping))[0].Vector,
        });
        _qdrant = await FakeQdrant.StartAsync(new FakeQdrantOptions { ApiKey = "key" });
        _workplace.AddPictures();
        _workplace.UseBedrock(_bedrock);
        _workplace.Environment["QDRANT_API_KEY"] = "key";
        _ = _workplace.Environment.Remove("IMAGESEARCH__Embedding__Provider");
    }

    public async Task DisposeAsync()
    {
        await _bedrock.DisposeAsync();
        await _qdrant.DisposeAsync();
    }

    public void Dispose()
    {
        _offline.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task A_collection_goes_to_a_server_and_back_without_one_embedding()
    {
        _ = await RunAsync("index", "pictures", "--provider", "titan");
        var before = await RunAsync("search", "flower", "--provider", "titan", "--output", "csv");
        var paths = await RunAsync("search", "flower", "--provider", "titan", "--output", "paths");
        var paid = _bedrock.Calls.Count;

        var there = await RunAsync("collection", "migrate", "--provider", "titan", "--to", Served, "--output", "csv");
        Assert.Contains($"{Served},4,4,0,0", there.Out, StringComparison.Ordinal);
        await AssertNothingIsNewAsync(Served);
        var back = await RunAsync("collection", "migrate", "--provider", "titan", "--collection", Served, "--to", "back", "--output", "csv");
        Assert.Contains("back,4,4,0,0", back.Out, StringComparison.Ordinal);
        await AssertNothingIsNewAsync("back");

        Assert.Equal(paths.Out, (await RunAsync("search", "flower", "--provider", "titan", "--collection", Served, "--output", "paths")).Out);
        Assert.Equal(before.Out, (await RunAsync("search", "flower", "--provider", "titan", "--collection", "back", "--output", "csv")).Out);
        Assert.Equal(paid, _bedrock.Calls.Count);
    }

    [Fact]
    public async Task A_copy_follows_what_was_deleted_and_added_since()
    {
        _ = await RunAsync("index", "pictures");
        _ = await RunAsync("collection", "migrate", "--to", Served);
        File.Delete(_workplace.PictureAt("red-flower.png"));
        PngPicture.Write(_workplace.PictureAt("white-snow.png"), 250, 250, 255);
        _ = await RunAsync("index");

        var copied = await RunAsync("collection", "migrate", "--to", Served, "--output", "csv");

        Assert.Contains($"{Served},4,1,3,1", copied.Out, StringComparison.Ordinal);
        Assert.Contains("4 unchanged", (await RunAsync("index", "--collection", Served)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_is_changed_compared_switched_and_taken_back()
    {
        _ = await RunAsync("index", "pictures");
        File.WriteAllText(Path.Combine(_workplace.Folder, "labels.tsv"), "red flower\tred-flower.png\nblue sea\tsea/blue-sea.png\n");

        var migrated = await RunAsync("collection", "migrate", "--to", "titan-1024", "--yes", "--labels", "labels.tsv", "--switch");
        Assert.Contains("$0.00024 for 4 calls of amazon.titan-embed-image-v1", migrated.Out, StringComparison.Ordinal);
        Assert.Contains("recall@10  mrr", migrated.Out, StringComparison.Ordinal);
        Assert.Contains("offline-1024  offline-1 ", migrated.Out, StringComparison.Ordinal);
        Assert.Contains("titan-1024 is in use now; `imagesearch collection rollback` goes back to offline-1024.", migrated.Error, StringComparison.Ordinal);
        var paid = _bedrock.Calls.Count;
        Assert.Equal(6, paid);

        var shown = _workplace.Normalise((await RunAsync("config", "show", "--output", "csv")).Out);
        Assert.Contains("Embedding:Provider,titan,~/home/current.json", shown, StringComparison.Ordinal);
        Assert.Contains("Collection:Name,titan-1024,~/home/current.json", shown, StringComparison.Ordinal);
        Assert.Equal(_workplace.PictureAt("green-meadow.png"), (await RunAsync("search", "green meadow", "--output", "paths")).OutLines[0]);
        Assert.Equal(paid + 1, _bedrock.Calls.Count);

        var back = await RunAsync("collection", "rollback");
        Assert.Contains("offline-1024 is in use now", back.Error, StringComparison.Ordinal);
        Assert.Equal(_workplace.PictureAt("sea/blue-sea.png"), (await RunAsync("search", "a very blue sea", "--output", "paths")).OutLines[0]);
        Assert.Equal(paid + 1, _bedrock.Calls.Count);

        _ = await RunAsync("collection", "switch", "titan-1024");
        Assert.Contains("Collection:Name,titan-1024,", (await RunAsync("config", "show", "--output", "csv")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_server_an_alias_goes_with_the_switch_and_comes_back()
    {
        _ = await RunAsync("index", "pictures", "--collection", Served);
        _ = await RunAsync("collection", "switch", Served, "--alias", "live");

        _ = await RunAsync("collection", "migrate", "--to", "titan-1024", "--yes", "--switch", "--alias", "live");
        Assert.Contains("model,amazon.titan-embed-image-v1", (await InfoAsync("live")).Out, StringComparison.Ordinal);
        Assert.Single(_qdrant.Calls, call => call.Operation == "update_aliases" && call.Body.Span.IndexOf("delete_alias"u8) >= 0 && call.Body.Span.IndexOf("create_alias"u8) >= 0);

        _ = await RunAsync("collection", "rollback");
        Assert.Contains("model,offline-1", (await InfoAsync("live")).Out, StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync("search", "type:png", "--output", "paths")).OutLines.Count);
    }

    [Fact]
    public async Task A_fill_that_the_cap_stops_switches_nothing_and_goes_on()
    {
        _ = await RunAsync("index", "pictures");

        var stopped = await _workplace.RunAsync("collection", "migrate", "--to", "titan-1024", "--yes", "--switch", "--max-cost", "0.00013");
        Assert.Equal(4, stopped.ExitCode);
        Assert.Equal(2, _bedrock.Calls.Count);
        Assert.False(File.Exists(Path.Combine(_workplace.Home, "current.json")));
        Assert.Equal(2, (await _workplace.RunAsync("collection", "rollback")).ExitCode);

        _ = await RunAsync("collection", "migrate", "--to", "titan-1024", "--yes", "--switch");
        Assert.Equal(4, _bedrock.Calls.Count);
        Assert.True(File.Exists(Path.Combine(_workplace.Home, "current.json")));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public async Task Embedding_for_money_is_agreed_to_first_and_what_is_paid_for_needs_no_second_word(string format)
    {
        _ = await RunAsync("index", "pictures");

        var refused = await _workplace.RunAsync("collection", "migrate", "--to", "titan-1024", "--switch", "--output", format);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("\"Embed 4 pictures with amazon.titan-embed-image-v1 for about $0.00024\" needs a confirmation", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Add --yes.", refused.Error, StringComparison.Ordinal);
        Assert.Equal(format == "table", refused.Out.Contains("$0.00024 for 4 calls", StringComparison.Ordinal));
        Assert.Empty(_bedrock.Calls);
        Assert.False(File.Exists(Path.Combine(_workplace.Home, "current.json")));

        _ = await RunAsync("collection", "migrate", "--to", "titan-1024", "--yes", "--output", format);
        _ = await RunAsync("collection", "migrate", "--to", "titan-1024", "--switch", "--output", format);
        Assert.Equal(4, _bedrock.Calls.Count);
    }

    [Theory]
    [InlineData("--alias goes with --switch", "--to", "qdrant://localhost/photos", "--alias", "live")]
    [InlineData("--alias is for a collection on a Qdrant server, and 'titan-1024' lies in the home folder.", "--to", "titan-1024", "--switch", "--alias", "live")]
    public async Task An_alias_that_nothing_can_stand_for_is_refused_before_anything_is_done(string message, params string[] arguments)
    {
        _ = await RunAsync("index", "pictures");

        var run = await _workplace.RunAsync([.. new[] { "collection", "migrate" }, .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(_bedrock.Calls);
    }

    [Fact]
    public async Task A_setting_wins_over_a_switch_and_the_switch_says_so()
    {
        _ = await RunAsync("index", "pictures", "--collection", "one", "--collection", "two");
        _workplace.Environment["IMAGESEARCH__Collection__Name"] = "one";

        var switched = await RunAsync("collection", "switch", "two");

        Assert.Contains("But Collection:Name is one by environment IMAGESEARCH__Collection__Name, which wins.", switched.Error, StringComparison.Ordinal);
        Assert.Contains("Collection:Name,one,", (await RunAsync("config", "show", "--output", "csv")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offline-1024", 2, "is the collection in use")]
    [InlineData("offline-512", 4, "makes no vectors of 512 numbers")]
    [InlineData("a/b", 2, "Collection:Name cannot be \"a/b\" (from --to)")]
    public async Task A_target_that_can_be_none_is_refused(string target, int code, string message)
    {
        _ = await RunAsync("index", "pictures");

        var run = await _workplace.RunAsync("collection", "migrate", "--to", target);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private Task<ProgramRun> InfoAsync(string name) => RunAsync("collection", "info", "--collection", $"qdrant://{_qdrant.Url.Authority}/{name}", "--output", "csv");

    private async Task AssertNothingIsNewAsync(string collection)
    {
        var paid = _bedrock.Calls.Count;
        var run = await RunAsync("index", "--provider", "titan", "--collection", collection);
        Assert.Contains("4 unchanged", run.Out, StringComparison.Ordinal);
        Assert.Equal(paid, _bedrock.Calls.Count);
    }

    private async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        var run = await _workplace.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Error}");
        return run;
    }
}
