using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Conformance;

namespace ImageSearch.Tests.Collections;

public sealed class EmbeddedCollectionConformanceTests : ImageCollectionConformance<EmbeddedCollection>, IDisposable
{
    private readonly TempFolder _folder = new();

    private string Collection => Path.Combine(_folder.Path, "collection");

    public void Dispose() => _folder.Dispose();

    protected override Task<EmbeddedCollection> OpenAsync(CollectionFingerprint fingerprint) =>
        EmbeddedCollection.OpenAsync(Collection, fingerprint, CollectionAccess.Write, TimeProvider.System, CancellationToken.None);

    protected override Task DropAsync()
    {
        Directory.Delete(Collection, recursive: true);
        return Task.CompletedTask;
    }
}
