using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Server.Libraries;

/// <summary>
/// The runs of the indexer within the server, one at a time of each library, over a collection of their own that is opened for writing
/// while there are any. When the server stops, they write what is finished; the next start of a run goes on. Safe for many threads.
/// </summary>
internal sealed class IndexRuns(ImageSearchHome home, ServerEvents events, LibraryLedgers ledgers, TimeProvider time, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, (IndexRun Run, Task End)> _runs = new(StringComparer.Ordinal);
    private readonly ILogger _logger = loggers.CreateLogger<IndexRuns>();
    private IImageCollection? _collection;
    private bool _isStopping;

    /// <summary>How far the runs that go on have come, by library.</summary>
    public async Task<IReadOnlyDictionary<string, LibraryProgress>> CurrentAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _runs.ToDictionary(run => run.Key, run => run.Value.Run.Current);
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    /// <summary>Begins a run of a library; one that goes on already is left alone.</summary>
    /// <exception cref="IndexException">Another process is indexing the library or writes to the collection, or the library's folder is missing.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<LibraryProgress> StartAsync(LibraryRoot library, RunKind kind, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_runs.TryGetValue(library.Name, out var known))
            {
                return known.Run.Current;
            }

            if (_isStopping)
            {
                throw new BadHttpRequestException("The server is stopping.", StatusCodes.Status503ServiceUnavailable);
            }

            var collection = _collection ??= await WritableCollection.OpenAsync(home, cancellationToken);
            var run = await IndexRun.BeginAsync(home, library, collection, kind, time, loggers.CreateLogger<ImageIndexer>());
            _runs[library.Name] = (run, Task.Run(() => FollowAsync(library.Name, run), CancellationToken.None));
            return run.Current;
        }
        finally
        {
            await CloseIfIdleAsync();
            _ = _gate.Release();
        }
    }

    /// <summary>Asks the run of a library to stop.</summary>
    /// <returns>How far it has come; null where there is none.</returns>
    public async Task<LibraryProgress?> StopAsync(string library, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_runs.TryGetValue(library, out var known))
            {
                return null;
            }

            await known.Run.StopAsync();
            return known.Run.Current;
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Task> ends;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _isStopping = true;
            foreach (var (run, _) in _runs.Values)
            {
                await run.StopAsync();
            }

            ends = [.. _runs.Values.Select(run => run.End)];
        }
        finally
        {
            _ = _gate.Release();
        }

        await Task.WhenAll(ends).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task FollowAsync(string library, IndexRun run)
    {
        try
        {
            await run.FollowAsync(events.Publish);
        }
        catch (Exception failure)
        {
            _logger.RunBroken(failure, library);
        }
        finally
        {
            await _gate.WaitAsync();
            try
            {
                await run.DisposeAsync();
                _ = _runs.Remove(library);
                await CloseIfIdleAsync();
            }
            finally
            {
                _ = _gate.Release();
            }

            ledgers.Forget();
            _logger.RunEnded(library, run.Current.Phase, run.Current.Indexed, run.Current.Failed, run.Current.Message);
            events.Publish(run.Current);
        }
    }

    private async Task CloseIfIdleAsync()
    {
        if (_runs.Count == 0 && _collection is { } collection)
        {
            _collection = null;
            await collection.DisposeAsync();
        }
    }
}
