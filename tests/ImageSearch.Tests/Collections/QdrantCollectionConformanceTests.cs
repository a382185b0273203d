using ImageSearch.Collections;
using ImageSearch.Testing.Conformance;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class QdrantCollectionConformanceTests : ImageCollectionConformance<QdrantCollection>, IAsyncLifetime
{
    private QdrantPlace? _place;

    private QdrantPlace Place => _place ?? throw new InvalidOperationException("The test has not begun.");

    public async Task InitializeAsync() => _place = await QdrantPlace.OnAnyServerAsync();

    public Task DisposeAsync() => Place.DisposeAsync().AsTask();

    protected override Task<QdrantCollection> OpenAsync(CollectionFingerprint fingerprint) => Place.OpenAsync(fingerprint);

    protected override Task DropAsync() => Place.DropAsync();
}
