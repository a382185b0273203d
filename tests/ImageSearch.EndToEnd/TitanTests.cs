using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>The provider Titan, set up by environment variables alone as it would be against AWS; only the endpoint is the stand-in's.</summary>
public sealed class TitanTests : IAsyncLifetime, IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly OfflineEmbeddingGenerator _offline = new(ImageLimits.Default);
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test

    public async Task InitializeAsync()
    {
        _server = await FakeBedrock.StartAsync(new FakeBedrockOptions
        {
            Embed = async (content, _, stopping) => (await _offline.GenerateAsync([content], cancellationToken: stopping))[0].Vector,
        });
        _workplace.AddPictures();
        _workplace.UseBedrock(_server);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _offline.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task Pictures_are_indexed_and_found_by_words_and_by_pictures()
    {
        var indexed = await _workplace.RunAsync("index", "pictures");
        Assert.Equal((0, ""), (indexed.ExitCode, indexed.Error));
        Assert.Equal(4, _server.Calls.Count);
        Assert.All(_server.Calls, call => Assert.Equal("amazon.titan-embed-image-v1", call.ModelId));

        var found = await _workplace.RunAsync("search", "red", "--limit", "1", "--output", "paths");
        Assert.Equal(_workplace.PictureAt("red-flower.png"), Assert.Single(found.OutLines));

        var similar = await _workplace.RunAsync("similar", "pictures/sea/blue-sea.png", "--limit", "1", "--output", "jsonl");
        Assert.Equal(0, similar.ExitCode);
        Assert.DoesNotContain("blue-sea.png", similar.Out, StringComparison.Ordinal);
        Assert.Single(similar.OutLines);
        Assert.Equal(0, (await _workplace.RunAsync("status")).ExitCode);
        Assert.Contains("titan-1024", (await _workplace.RunAsync("collection", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indexing_again_moving_copying_and_a_second_collection_call_nobody()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        File.Move(_workplace.PictureAt("red-flower.png"), _workplace.PictureAt("sea/moved.png"));
        File.Copy(_workplace.PictureAt("green-meadow.png"), _workplace.PictureAt("copy.png"));
        var calls = _server.Calls.Count;

        // Whatever is not paid for needs no account either.
        _workplace.Environment["AWS_ACCESS_KEY_ID"] = "";
        _workplace.Environment["AWS_REGION"] = "";

        Assert.Equal(0, (await _workplace.RunAsync("index", "pictures")).ExitCode);
        Assert.Equal(0, (await _workplace.RunAsync("index", "pictures", "--collection", "second")).ExitCode);
        Assert.Equal(0, (await _workplace.RunAsync("search", "type:png", "--output", "paths")).ExitCode);
        Assert.Equal(calls, _server.Calls.Count);
    }

    [Fact]
    public async Task A_picture_that_the_model_rejects_fails_alone()
    {
        _server.Inject(new BedrockFault.Error("ValidationException", "The image cannot be decoded."));

        var indexed = await _workplace.RunAsync("index", "pictures");

        Assert.Equal(3, indexed.ExitCode);
        var failed = await _workplace.RunAsync("status", "--failed", "--output", "csv");
        Assert.Contains("RejectedByModel", failed.Out, StringComparison.Ordinal);
        Assert.Contains("The image cannot be decoded.", failed.Out, StringComparison.Ordinal);
        Assert.Contains("3 new", indexed.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_REGION", "", "AWS_REGION")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wrong", "credentials")]
    [InlineData("IMAGESEARCH__Embedding__Model", "amazon.titan-embed-image-v0", "amazon.titan-embed-image-v1")]
    [InlineData("IMAGESEARCH__Embedding__Dimension", "512", "256 or 384 or 1024")]
    public async Task What_makes_every_call_fail_stops_the_run_and_says_the_cure(string variable, string value, string cure)
    {
        _workplace.Environment[variable] = value;
        if (variable == "AWS_REGION")
        {
            // An endpoint of one's own needs no region.
            _ = _workplace.Environment.Remove("AWS_ENDPOINT_URL_BEDROCK_RUNTIME");
        }

        var indexed = await _workplace.RunAsync("index", "pictures");

        Assert.Equal(4, indexed.ExitCode);
        Assert.Contains(cure, indexed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fake-secret", indexed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ImageSearch.", indexed.Error, StringComparison.Ordinal);

        _workplace.UseBedrock(_server);
        _ = _workplace.Environment.Remove("IMAGESEARCH__Embedding__Model");
        _ = _workplace.Environment.Remove("IMAGESEARCH__Embedding__Dimension");
        var again = await _workplace.RunAsync("index", "pictures", "--collection", "right");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("4 new", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_needs_no_account_and_calls_nobody()
    {
        _workplace.Environment["AWS_REGION"] = "";

        var run = await _workplace.RunAsync("index", "pictures", "--dry-run");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("embed 4 pictures", run.Out, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task The_doctor_calls_the_provider_only_when_it_is_asked_to()
    {
        var quiet = await _workplace.RunAsync("doctor");
        Assert.Equal(0, quiet.ExitCode);
        Assert.Contains("not called", quiet.Out, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);

        var live = await _workplace.RunAsync("doctor", "--live", "--output", "jsonl");
        Assert.Equal(0, live.ExitCode);
        Assert.Contains(" and one score 0.", live.Out, StringComparison.Ordinal);
        Assert.Equal(2, _server.Calls.Count);

        _workplace.Environment["AWS_SECRET_ACCESS_KEY"] = "wrong";
        var refused = await _workplace.RunAsync("doctor", "--live");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("credentials", refused.Out, StringComparison.Ordinal);
    }
}
