using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>Where a query finds the vectors of the points that it names.</summary>
/// <param name="Asked">The collection that is searched.</param>
/// <param name="Using">The vector that is searched.</param>
/// <param name="Collection">The collection of the points that the query names: mostly the one that is searched.</param>
/// <param name="Vector">Their vector.</param>
internal sealed record VectorSource(StoredCollection Asked, string Using, StoredCollection Collection, string Vector);
