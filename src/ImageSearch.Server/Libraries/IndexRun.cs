using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Server.Libraries;

/// <summary>One run of the indexer within the server.</summary>
internal sealed class IndexRun : IAsyncDisposable
{
    private readonly LibraryRoot _library;
    private readonly Ledger _ledger;
    private readonly ImageIndexer _indexer;
    private readonly RunProgress _progress;
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<IndexResult> _results;
    private Task<bool> _next = Task.FromResult(false);

    private IndexRun(ImageSearchHome home, LibraryRoot library, IImageCollection collection, TimeProvider time, ILogger<ImageIndexer> logger)
    {
        _library = library;
        _ledger = home.OpenLedger(library);
        _indexer = home.IndexerOf(collection, _ledger, logger);
        _progress = new RunProgress(library.Name, () => home.Spent, time);
        _results = _indexer.IndexAsync(library, _stop.Token).GetAsyncEnumerator();
        Current = _progress.Measure(LibraryPhase.Indexing);
    }

    /// <summary>How far it has come.</summary>
    public LibraryProgress Current { get; private set; }

    /// <summary>Begins a run: what keeps it from starting is thrown, what ends it later is told as its progress.</summary>
    /// <exception cref="IndexException">Another process is indexing the library, or its folder is missing.</exception>
    public static async Task<IndexRun> BeginAsync(
        ImageSearchHome home, LibraryRoot library, IImageCollection collection, RunKind kind, TimeProvider time, ILogger<ImageIndexer> logger)
    {
        var run = new IndexRun(home, library, collection, time, logger);
        try
        {
            await run.BeginAsync(kind);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Follows it to its end.</summary>
    /// <param name="tell">Hears how far it has come, a few times a second and at the end.</param>
    public async Task FollowAsync(Action<LibraryProgress> tell)
    {
        try
        {
            while (await _next)
            {
                if (_progress.Add(_results.Current))
                {
                    tell(Current = _progress.Measure(_stop.IsCancellationRequested ? LibraryPhase.Stopping : LibraryPhase.Indexing));
                }

                _next = _results.MoveNextAsync().AsTask();
            }

            Current = _progress.Measure(LibraryPhase.Done);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Current = _progress.Measure(LibraryPhase.Stopped);
        }
        catch (IndexException failure)
        {
            // Where the library lies on the server is nobody's business.
            Current = _progress.Measure(LibraryPhase.Failed, failure.Message.Replace(_library.Root, _library.Name, StringComparison.Ordinal));
        }
    }

    /// <summary>Asks it to write what is finished and end.</summary>
    public async Task StopAsync()
    {
        Current = Current with { Phase = LibraryPhase.Stopping, EtaSeconds = null };
        await _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _results.DisposeAsync();
        _ledger.Dispose();
        _stop.Dispose();
    }

    private async Task BeginAsync(RunKind kind)
    {
        if (kind == RunKind.Retry)
        {
            _ = _indexer.Retry(_library);
        }

        // The indexer takes the library's lock and looks for its folder before it first waits.
        _next = _results.MoveNextAsync().AsTask();
        if (_next.IsFaulted)
        {
            _ = await _next;
        }

        _progress.Counting = _indexer.CountAsync(_library, _stop.Token);
    }
}
