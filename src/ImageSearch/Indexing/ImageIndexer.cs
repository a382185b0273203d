using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ImageSearch.Collections;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Indexing;

/// <summary>
/// Brings a library's pictures into a collection, and keeps them in step. Running it again is how it resumes. Nothing of it is
/// disposed here: collection, generator and ledger belong to the caller.
/// </summary>
/// <param name="collection">Where points go.</param>
/// <param name="generator">Makes vectors of the collection's model; behind a cache, moved and copied pictures cost nothing.</param>
/// <param name="ledger">The ledger of the library in this collection.</param>
/// <param name="options">How it works.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of runs and failures.</param>
public sealed class ImageIndexer(
    IImageCollection collection,
    IEmbeddingGenerator<AIContent, Embedding<float>> generator,
    Ledger ledger,
    ImageIndexerOptions options,
    TimeProvider time,
    ILogger<ImageIndexer> logger)
{
    private const int ResultsAhead = 1024;

    /// <summary>
    /// Indexes a library, or the part of it that <see cref="LibraryRoot.Folder"/> names. Results come as they are
    /// acknowledged, in no particular order. A request to stop is followed by writing what is finished; its results still come.
    /// </summary>
    /// <exception cref="IndexException">Something that would make every file fail. What was done stays done.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop; running it again goes on.</exception>
    public async IAsyncEnumerable<IndexResult> IndexAsync(LibraryRoot library, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var held = LibraryLock.Take(library.Name, ledger.Location, options.Shard, time);
        await foreach (var result in RunAsync(library, cancellationToken))
        {
            yield return result;
        }
    }

    /// <summary>Keeps a library in step until it is asked to stop: indexes it, then whatever changes in it. Unchanged files are not reported.</summary>
    /// <exception cref="IndexException">As <see cref="IndexAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public async IAsyncEnumerable<IndexResult> WatchAsync(LibraryRoot library, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var held = LibraryLock.Take(library.Name, ledger.Location, options.Shard, time);
        using var watcher = new LibraryWatcher(library, options, time);
        await foreach (var folder in watcher.FoldersAsync(cancellationToken))
        {
            logger.FolderChanged(library.Name, folder);
            await foreach (var result in RunAsync(library with { Folder = Existing(library, folder) }, cancellationToken))
            {
                if (result is not (IndexResult.Unchanged or IndexResult.Failed { Earlier: true }))
                {
                    yield return result;
                }
            }
        }
    }

    /// <summary>What <see cref="IndexAsync"/> would do, without doing it: files are read, nothing is embedded and nothing is written.</summary>
    /// <exception cref="IndexException">The folder is missing or the ledger cannot be read.</exception>
    public static Task<IndexEstimate> EstimateAsync(
        LibraryRoot library, Ledger ledger, ImageIndexerOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        LibraryRootCheck.Check(library, ledger, MassDeletion.Allow);
        return new IndexEstimator(library, ledger, options, time).EstimateAsync(cancellationToken);
    }

    /// <summary>The number of entries that a run would account for, by a walk alone; for showing how far a run has come.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public Task<long> CountAsync(LibraryRoot library, CancellationToken cancellationToken = default) => Task.Run(
        () => new ImageWalk(library, options.Shard).Folders(cancellationToken).Sum(folder => (long)folder.Files.Count + folder.Oddities.Count),
        cancellationToken);

    /// <summary>
    /// Indexers of this home that are at work on pictures of the same share now, a name each. Both would do the same work: nothing
    /// is lost or doubled by it, and nothing gained.
    /// </summary>
    public IReadOnlyList<string> OthersAtWork() => LibraryLock.Others(ledger.Location, options.Shard);

    /// <summary>Makes the next run take up every file again that was refused, those on which a process died too.</summary>
    /// <returns>The number of those files.</returns>
    /// <exception cref="IndexException">Another process is indexing the library.</exception>
    public int Retry(LibraryRoot library)
    {
        using var held = LibraryLock.Take(library.Name, ledger.Location, options.Shard, time);
        return ledger.ForgetFailures(library.Folder);
    }

    /// <summary>
    /// Deletes the points of a library, or of the part that <see cref="LibraryRoot.Folder"/> names (a folder or one file), and
    /// what the ledger knows of them. Files on disk are not touched; the next run would index them again.
    /// </summary>
    /// <returns>The number of points deleted.</returns>
    /// <exception cref="IndexException">Another process is indexing the library, or the collection cannot be written.</exception>
    public async Task<long> ForgetAsync(LibraryRoot library, CancellationToken cancellationToken = default)
    {
        using var held = LibraryLock.Take(library.Name, ledger.Location, options.Shard, time);
        try
        {
            // The collection is asked, not the ledger: so a library whose ledger was lost is forgotten whole too.
            var ids = new List<Guid>();
            await foreach (var point in collection.ListAsync(new ImageFilter([new ImageCondition.InLibrary(library.Name)]), cancellationToken))
            {
                if (IsWithin(point.Payload.Path, library.Folder) && options.Shard.Holds(point.Id))
                {
                    ids.Add(point.Id);
                }
            }

            var deleted = 0L;
            foreach (var batch in ids.Chunk(options.BatchSize))
            {
                deleted += await collection.DeleteAsync(batch, cancellationToken);
            }

            ledger.Forget(ledger.Folders(library.Folder).SelectMany(folder => ledger.Rows(folder).Values));
            ledger.Forget([LedgerRow.Of(library.Folder, LedgerState.Pending)]);
            return deleted;
        }
        catch (CollectionException failure)
        {
            throw IndexException.From(failure);
        }
    }

    /// <summary>One run, by whoever holds the library's lock.</summary>
    private async IAsyncEnumerable<IndexResult> RunAsync(LibraryRoot library, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await BindAsync(library, cancellationToken);
        LibraryRootCheck.Check(library, ledger, options.MassDeletion);
        logger.RunStarted(library.Name, library.Folder);
        var started = time.GetUtcNow();
        var id = ledger.BeginRun(library.Folder, started);
        var tally = new IndexTally();
        var results = Channel.CreateBounded<IndexResult>(ResultsAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = Task.Run(() => RunStagesAsync(library, results.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None))
            {
                tally.Add(result);
                IndexMetrics.Count(library.Name, result);
                yield return result;
            }

            await run;
        }
        finally
        {
            // A caller that turned away early must not leave the stages waiting for room.
            await stop.CancelAsync();
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None))
            {
                tally.Add(result);
                IndexMetrics.Count(library.Name, result);
            }

            _ = await Task.WhenAny(run);
            End(library, id, started, run, tally.Summary);
        }
    }

    private async Task RunStagesAsync(LibraryRoot library, ChannelWriter<IndexResult> results, CancellationToken cancellationToken)
    {
        try
        {
            using var pipeline = new IndexPipeline(library, collection, generator, ledger, options, results, time, logger, cancellationToken);
            await pipeline.RunAsync(cancellationToken);
        }
        finally
        {
            results.Complete();
        }
    }

    private void End(LibraryRoot library, long id, DateTimeOffset started, Task run, IndexSummary summary)
    {
        var outcome = run.IsCompletedSuccessfully ? RunOutcome.Completed : run.IsCanceled ? RunOutcome.Interrupted : RunOutcome.Stopped;
        logger.RunEnded(
            library.Name, outcome, summary.Found, summary.New, summary.Changed, summary.Unchanged, summary.Skipped, summary.Failed, summary.Removed, summary.Embedded);
        ledger.EndRun(id, new LedgerRun(library.Folder, started, time.GetUtcNow(), outcome, run.Exception?.InnerException?.Message, summary));
    }

    /// <summary>A ledger of another instance of the collection knows nothing of this one: it begins anew with what the collection holds.</summary>
    private async Task BindAsync(LibraryRoot library, CancellationToken cancellationToken)
    {
        if (ledger.Instance == collection.InstanceId)
        {
            return;
        }

        try
        {
            var stored = new List<string>();
            await foreach (var point in collection.ListAsync(new ImageFilter([new ImageCondition.InLibrary(library.Name)]), cancellationToken))
            {
                if (options.Shard.Holds(point.Id))
                {
                    stored.Add(point.Payload.Path);
                }
            }

            ledger.Restart(collection.InstanceId, stored);
        }
        catch (CollectionException failure)
        {
            throw IndexException.From(failure);
        }
    }

    /// <summary>The folder, or the nearest above it that still exists.</summary>
    private static string Existing(LibraryRoot library, string folder)
    {
        while (folder.Length > library.Folder.Length && !Directory.Exists($"{library.Root}/{folder}"))
        {
            folder = folder[..Math.Max(folder.LastIndexOf('/'), 0)];
        }

        return folder;
    }

    private static bool IsWithin(string path, string folder) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
