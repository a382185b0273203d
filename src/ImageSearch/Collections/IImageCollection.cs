namespace ImageSearch.Collections;

/// <summary>
/// Points in, ranked points out. A collection knows vectors and payloads; it never sees a file, a pixel or a sentence to embed.
/// All calls are safe to make at the same time from many threads; one process writes at a time, any number read.
/// The shape is the one that a vector database can keep too: ids are UUIDs in the order of their text, filters are closed
/// expressions over the payload, and the two signals are ranked apart.
/// </summary>
/// <exception cref="CollectionException">From every member, when the collection as a whole cannot be used.</exception>
public interface IImageCollection : IAsyncDisposable
{
    /// <summary>What made the vectors.</summary>
    CollectionFingerprint Fingerprint { get; }

    /// <summary>Made anew whenever the collection is created, so that a ledger notices one that was dropped and made again.</summary>
    Guid InstanceId { get; }

    /// <summary>
    /// Writes points, replacing those with the same id; of equal ids in one call the last one counts. When the call returns, they
    /// are durable and found by searches. A call that failed may have written some of its points: writing them again is safe.
    /// </summary>
    /// <exception cref="ArgumentException">A vector of another length, not finite or not unit length (within 1e-3), or a content hash that is none. Nothing was written.</exception>
    Task UpsertAsync(IReadOnlyList<ImagePoint> points, CancellationToken cancellationToken);

    /// <summary>Deletes points; ids that are not there are passed over.</summary>
    /// <returns>The number of points that were there.</returns>
    Task<int> DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The points with these ids, in the order asked, missing ones left out.</summary>
    Task<IReadOnlyList<ImagePoint>> GetAsync(IReadOnlyList<Guid> ids, VectorInclusion vectors, CancellationToken cancellationToken);

    /// <summary>All points that pass the filter, ordered by id, without vectors. It reads in pages: points written or deleted meanwhile may be in it or not, before or after the change.</summary>
    IAsyncEnumerable<ImagePoint> ListAsync(ImageFilter filter, CancellationToken cancellationToken);

    /// <summary>The first points by the time they were taken, of all that pass the filter, without vectors. It costs what is listed, and little for the rest.</summary>
    /// <param name="filter">What a point must satisfy.</param>
    /// <param name="order">Which come first.</param>
    /// <param name="limit">Most points wanted; at least 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">A limit below 1, or a filter beyond <see cref="ImageFilter.MaxConditions"/> or <see cref="ImageFilter.MaxDepth"/>.</exception>
    Task<IReadOnlyList<ImagePoint>> ListByTimeAsync(ImageFilter filter, TimeOrder order, int limit, CancellationToken cancellationToken);

    /// <summary>The number of points that pass the filter, exact.</summary>
    Task<long> CountAsync(ImageFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// A mark of what is in the collection: the same for as long as nothing is written or deleted, by whomever. A server tells no more
    /// than how many points it has, so that replacing some leaves its mark as it was.
    /// </summary>
    Task<string> MarkAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The values of a field among the points that pass the filter: most frequent first, then by value. Values that differ only in
    /// case are counted as one, under one of their spellings.
    /// </summary>
    Task<IReadOnlyList<FacetCount>> FacetAsync(ImageFacet facet, ImageFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Searches by meaning, by words, or both.</summary>
    /// <exception cref="ArgumentException">Neither a vector nor words, a vector that does not fit, a limit below 1, or a filter beyond <see cref="ImageFilter.MaxConditions"/> or <see cref="ImageFilter.MaxDepth"/>.</exception>
    Task<CollectionHits> SearchAsync(CollectionQuery query, CancellationToken cancellationToken);

    /// <summary>Gives back the space of what was deleted or replaced and rebuilds what has drifted. Searches go on meanwhile.</summary>
    Task CompactAsync(CancellationToken cancellationToken);
}
