using System.Text;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>The providers Nova and Cohere, which embed queries otherwise than pictures, against the stand-in.</summary>
public sealed class AsymmetricModelTests : IAsyncLifetime, IDisposable
{
    private const string Nova = "amazon.nova-2-multimodal-embeddings-v1:0";
    private const string Cohere = "cohere.embed-v4:0";

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
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _offline.Dispose();
        _workplace.Dispose();
    }

    [Theory]
    [InlineData("nova", Nova, "GENERIC_INDEX", "IMAGE_RETRIEVAL")]
    [InlineData("cohere", Cohere, "search_document", "search_query")]
    public async Task Pictures_are_indexed_as_documents_and_found_by_words_embedded_as_queries(
        string provider, string model, string asDocument, string asQuery)
    {
        _workplace.UseBedrock(_server, provider);
        var indexed = await _workplace.RunAsync("index", "pictures");
        Assert.Equal((0, ""), (indexed.ExitCode, indexed.Error));
        Assert.All(_server.Calls, call => Assert.Equal(model, call.ModelId));
        Assert.All(_server.Calls, call => Assert.Contains(asDocument, Encoding.UTF8.GetString(call.Body.Span), StringComparison.Ordinal));
        var calls = _server.Calls.Count;

        var found = await _workplace.RunAsync("search", "red", "--limit", "1", "--output", "paths");
        Assert.Equal(_workplace.PictureAt("red-flower.png"), Assert.Single(found.OutLines));
        Assert.Equal(calls + 1, _server.Calls.Count);
        Assert.Contains(asQuery, Encoding.UTF8.GetString(_server.Calls[^1].Body.Span), StringComparison.Ordinal);
        Assert.Contains($"{provider}-1024", (await _workplace.RunAsync("collection", "list")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("titan")]
    [InlineData("nova")]
    [InlineData("cohere")]
    public async Task The_same_words_and_the_same_pictures_are_paid_for_once(string provider)
    {
        _workplace.UseBedrock(_server, provider);
        _ = await _workplace.RunAsync("index", "pictures");
        var first = await _workplace.RunAsync("search", "blue", "--output", "paths");
        var calls = _server.Calls.Count;

        // Whatever is not paid for needs no account either.
        _workplace.Environment["AWS_ACCESS_KEY_ID"] = "";
        var second = await _workplace.RunAsync("search", "blue", "--output", "paths");

        Assert.Equal((0, first.Out), (second.ExitCode, second.Out));
        Assert.Equal(0, (await _workplace.RunAsync("index", "pictures", "--collection", "second")).ExitCode);
        Assert.Equal(calls, _server.Calls.Count);
    }

    [Theory]
    [InlineData("nova", "IMAGESEARCH__Embedding__Model", "amazon.nova-embed-multimodal-v1:0", Nova)]
    [InlineData("cohere", "IMAGESEARCH__Embedding__Model", "cohere.embed-english-v2", Cohere)]
    [InlineData("nova", "IMAGESEARCH__Embedding__Dimension", "512", "256 or 384 or 1024 or 3072")]
    [InlineData("cohere", "IMAGESEARCH__Embedding__Dimension", "384", "256 or 512 or 1024 or 1536")]
    public async Task What_makes_every_call_fail_stops_the_run_and_says_the_cure(string provider, string variable, string value, string cure)
    {
        _workplace.UseBedrock(_server, provider);
        _workplace.Environment[variable] = value;

        var indexed = await _workplace.RunAsync("index", "pictures");

        Assert.Equal(4, indexed.ExitCode);
        Assert.Contains(cure, indexed.Error, StringComparison.Ordinal);
    }
}
