using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Indexer;

/// <summary>Keeps one library in step: looks through all of it, then watches; after a failure waits and begins again.</summary>
internal sealed class LibraryWork(
    ImageSearchHome home, WorkedLibrary library, WorkerState state, Backoff collectionBackoff, Backoff backoff, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<LibraryWork>();

    /// <summary>Goes on until it is asked to stop, or until the collection cannot be used: it is for all libraries to be opened anew.</summary>
    public async Task RunAsync(IImageCollection collection, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await KeepInStepAsync(collection, cancellationToken);
            }
            catch (Exception failure) when (Dependency.Of(failure, library.Name) is { } dependency && dependency != Dependency.Collection)
            {
                var pause = backoff.Next(Dependency.RetryAfterOf(failure));
                state.Enter(library.Name, LibraryPhase.Waiting);
                state.Report(library.Name, dependency, failure.Message, pause);
                _logger.Away(dependency, library.Name, failure.Message, pause.TotalSeconds);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task KeepInStepAsync(IImageCollection collection, CancellationToken cancellationToken)
    {
        state.Enter(library.Name, LibraryPhase.Scanning);
        var root = library.Find();
        using var ledger = home.OpenLedger(root);
        var indexer = home.IndexerOf(collection, ledger, loggers.CreateLogger<ImageIndexer>());
        foreach (var other in indexer.OthersAtWork())
        {
            _logger.Overlaps(library.Name, other);
        }

        await FollowAsync(indexer.IndexAsync(root, cancellationToken));

        // A whole run got through: whatever was away for this library is there again.
        backoff.Reset();
        collectionBackoff.Reset();
        foreach (var dependency in state.Clear(library.Name))
        {
            _logger.There(dependency);
        }

        state.Enter(library.Name, LibraryPhase.Watching);
        _logger.Watching(library.Name);
        await FollowAsync(indexer.WatchAsync(root, cancellationToken));
    }

    /// <summary>Lets a run go on. What comes of each file is in the ledger, the log and the metrics.</summary>
    private static async Task FollowAsync(IAsyncEnumerable<IndexResult> results)
    {
        await foreach (var _ in results)
        {
        }
    }
}
