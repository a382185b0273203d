using ImageSearch.Collections;

namespace ImageSearch.Tests.Indexing;

/// <summary>A real collection of which one write fails, as when its disk is full for a while.</summary>
internal sealed class FailingCollection(IImageCollection inner, int failAt) : IImageCollection
{
    private int _writes;

    public CollectionFingerprint Fingerprint => inner.Fingerprint;

    public Guid InstanceId => inner.InstanceId;

    public Task UpsertAsync(IReadOnlyList<ImagePoint> points, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _writes) == failAt
            ? throw new CollectionException(CollectionFault.Full, "There is no space left for the collection.")
            : inner.UpsertAsync(points, cancellationToken);

    public Task<int> DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => inner.DeleteAsync(ids, cancellationToken);

    public Task<IReadOnlyList<ImagePoint>> GetAsync(IReadOnlyList<Guid> ids, VectorInclusion vectors, CancellationToken cancellationToken) =>
        inner.GetAsync(ids, vectors, cancellationToken);

    public IAsyncEnumerable<ImagePoint> ListAsync(ImageFilter filter, CancellationToken cancellationToken) => inner.ListAsync(filter, cancellationToken);

    public Task<IReadOnlyList<ImagePoint>> ListByTimeAsync(ImageFilter filter, TimeOrder order, int limit, CancellationToken cancellationToken) =>
        inner.ListByTimeAsync(filter, order, limit, cancellationToken);

    public Task<long> CountAsync(ImageFilter filter, CancellationToken cancellationToken) => inner.CountAsync(filter, cancellationToken);

    public Task<string> MarkAsync(CancellationToken cancellationToken) => inner.MarkAsync(cancellationToken);

    public Task<IReadOnlyList<FacetCount>> FacetAsync(ImageFacet facet, ImageFilter filter, int limit, CancellationToken cancellationToken) =>
        inner.FacetAsync(facet, filter, limit, cancellationToken);

    public Task<CollectionHits> SearchAsync(CollectionQuery query, CancellationToken cancellationToken) => inner.SearchAsync(query, cancellationToken);

    public Task CompactAsync(CancellationToken cancellationToken) => inner.CompactAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
