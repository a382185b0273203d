using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Server.Search;

namespace ImageSearch.Server;

/// <summary>
/// The collection that all requests share, and its one searcher: opened by the first that needs it, and opened anew after it could
/// not be used. Safe for many threads.
/// </summary>
internal sealed class ServedCollection(ImageSearchHome home, QueryPictures pictures, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private Opened? _current;

    /// <summary>Borrows the collection for one request.</summary>
    /// <exception cref="CollectionException">It cannot be opened.</exception>
    public async ValueTask<CollectionLease> BorrowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_current is { } opened && opened.TryEnter())
            {
                return new CollectionLease(opened.Collection, opened.Searcher, opened.Facets, opened.LeaveAsync);
            }

            await _opening.WaitAsync(cancellationToken);
            try
            {
                if (_current is null || _current.IsRetired)
                {
                    var collection = await home.OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
                    _current = new Opened(collection, home.SearcherOf(collection, pictures.ReadAsync), new FacetCounts(collection, time));
                }
            }
            finally
            {
                _ = _opening.Release();
            }
        }
    }

    /// <summary>Lets the next request open the collection anew: it could not be used. Those that still read it end first.</summary>
    public async ValueTask RetireAsync()
    {
        if (_current is { } opened)
        {
            await opened.RetireAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RetireAsync();
        _opening.Dispose();
    }

    /// <summary>A collection with the number of those who use it; the last one closes it once it is retired.</summary>
    private sealed class Opened(IImageCollection collection, ImageSearcher searcher, FacetCounts facets)
    {
        private readonly Lock _gate = new();
        private int _users;

        public IImageCollection Collection => collection;

        public ImageSearcher Searcher => searcher;

        public FacetCounts Facets => facets;

        public bool IsRetired { get; private set; }

        public bool TryEnter()
        {
            lock (_gate)
            {
                _users += IsRetired ? 0 : 1;
                return !IsRetired;
            }
        }

        public ValueTask LeaveAsync()
        {
            lock (_gate)
            {
                return --_users == 0 && IsRetired ? collection.DisposeAsync() : ValueTask.CompletedTask;
            }
        }

        public ValueTask RetireAsync()
        {
            lock (_gate)
            {
                if (IsRetired)
                {
                    return ValueTask.CompletedTask;
                }

                IsRetired = true;
                return _users == 0 ? collection.DisposeAsync() : ValueTask.CompletedTask;
            }
        }
    }
}
