using ImageSearch.Collections;
using ImageSearch.Qdrant;
using ImageSearch.Testing.Qdrant;
using ImageSearch.Testing.Qdrant.OpenApi;
using Xunit;

namespace ImageSearch.Tests.Collections;

/// <summary>A place for one collection: on the server that <c>QDRANT_URL</c> names (with the key in <c>QDRANT_API_KEY</c>), else on a stand-in of its own.</summary>
public sealed class QdrantPlace : IAsyncDisposable
{
    private static readonly string? RealServer = Environment.GetEnvironmentVariable("QDRANT_URL");

    private static readonly OpenApiDocument? Document = OpenApiDocument.Find("1.19");

    private readonly FakeQdrant? _fake;
    private readonly string? _apiKey;

    private QdrantPlace(FakeQdrant? fake, Uri server, string? apiKey)
    {
        (_fake, _apiKey) = (fake, apiKey);
        var scheme = server.Scheme == Uri.UriSchemeHttps ? "qdrants" : "qdrant";
        Assert.True(QdrantAddress.TryParse($"{scheme}://{server.Authority}/imagesearch-test-{Guid.NewGuid():N}", out var address));
        Address = address;
    }

    public QdrantAddress Address { get; }

    /// <summary>The stand-in; it is an error to ask for it where a real server is used.</summary>
    public FakeQdrant Fake => _fake ?? throw new InvalidOperationException("A real server is used.");

    public static async Task<QdrantPlace> OnAnyServerAsync() =>
        RealServer is { Length: > 0 } url ? new QdrantPlace(null, new Uri(url), Environment.GetEnvironmentVariable("QDRANT_API_KEY")) : await OnFakeAsync();

    /// <summary>On a stand-in, which checks every request and answer against Qdrant's OpenAPI document where that is present.</summary>
    public static async Task<QdrantPlace> OnFakeAsync(FakeQdrantOptions? options = null)
    {
        var fake = await FakeQdrant.StartAsync((options ?? new FakeQdrantOptions()) with { Validation = Document });
        return new QdrantPlace(fake, fake.Url, options?.ApiKey);
    }

    /// <summary>Opens the collection; failed calls are made again for at most a second.</summary>
    public Task<QdrantCollection> OpenAsync(CollectionFingerprint? fingerprint, CollectionAccess access = CollectionAccess.Write, string? apiKey = null) =>
        QdrantCollection.OpenAsync(Address, Options with { ApiKey = apiKey ?? _apiKey }, fingerprint, access, TimeProvider.System, CancellationToken.None);

    internal QdrantClientOptions Options => new() { Address = Address.Server, ApiKey = _apiKey, RetryFor = TimeSpan.FromSeconds(1), RetryWritesFor = TimeSpan.FromSeconds(1) };

    public async Task DropAsync()
    {
        using var client = new QdrantClient(Options, TimeProvider.System);
        await client.DeleteCollectionAsync(Address.Collection, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_fake is not null)
        {
            var violations = _fake.Violations;
            await _fake.DisposeAsync();
            Assert.Empty(violations);
        }
        else
        {
            await DropAsync();
        }
    }
}
