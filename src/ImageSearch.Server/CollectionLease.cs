using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Server;

/// <summary>The collection as one request has it. Disposing gives it back.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Searcher">Its searcher.</param>
/// <param name="Facets">Counts its facets.</param>
/// <param name="LeaveAsync">Gives it back.</param>
internal readonly record struct CollectionLease(IImageCollection Collection, ImageSearcher Searcher, FacetCounts Facets, Func<ValueTask> LeaveAsync) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => LeaveAsync();
}
