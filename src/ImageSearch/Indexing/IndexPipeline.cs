using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Indexing;

/// <summary>
/// One run over a library: walk, read, embed and write as stages joined by bounded channels, then the files that are tried
/// alone, then the sweep. The first failure of a stage stops the others; what is finished is still written.
/// </summary>
internal sealed class IndexPipeline : IDisposable
{
    private readonly LibraryRoot _library;
    private readonly Ledger _ledger;
    private readonly ImageIndexerOptions _options;
    private readonly ILogger _logger;
    private readonly ChannelWriter<IndexResult> _results;
    private readonly InFlightJournal _journal;
    private readonly PictureReader _reader;
    private readonly PictureEmbedder _embedder;
    private readonly IndexWriter _writer;
    private readonly LibrarySweep _sweep;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _drain;
    private readonly IndexQueues _queues;
    private readonly List<PictureJob> _suspects = [];
    private Exception? _failure;

    public IndexPipeline(
        LibraryRoot library,
        IImageCollection collection,
        IEmbeddingGenerator<AIContent, Embedding<float>> generator,
        Ledger ledger,
        ImageIndexerOptions options,
        ChannelWriter<IndexResult> results,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        (_library, _ledger, _options, _results, _logger) = (library, ledger, options, results, logger);
        _journal = InFlightJournal.Open(ledger.Location + ".inflight");
        _reader = new PictureReader(library, collection.Fingerprint.Model, options, _journal, time);
        _embedder = new PictureEmbedder(library.Name, collection, generator, _journal, time);
        _writer = new IndexWriter(library.Name, collection, ledger, results, options, time);
        _sweep = new LibrarySweep(ledger, library.Folder);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _drain = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _queues = new IndexQueues(library.Name, options);
    }

    /// <summary>Does it all; on return everything that was acknowledged is in the ledger.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    /// <exception cref="IndexException">Something stopped the run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunStagesAsync();
            cancellationToken.ThrowIfCancellationRequested();
            await SweepAsync(cancellationToken);
        }
        catch (CollectionException failure)
        {
            throw IndexException.From(failure);
        }
        catch (IOException failure)
        {
            throw new IndexException(
                IndexFault.LedgerUnusable, $"Beside the ledger {_ledger.Location} nothing can be written: {failure.Message} Check permissions and free space.", failure);
        }
    }

    public void Dispose()
    {
        _queues.Dispose();
        _journal.Dispose();
        _stop.Dispose();
        _drain.Dispose();
    }

    private async Task RunStagesAsync()
    {
        using var drain = _stop.Token.Register(() => _drain.CancelAfter(_options.DrainTimeLimit));
        await SetAsideWhereDiedAsync();
        await Task.WhenAll(
            GuardedAsync(WalkAsync, () => _queues.ToRead.Writer.Complete()),
            GuardedAsync(ReadAndEmbedAsync, () => _queues.ToWrite.Writer.Complete()),
            GuardedAsync(() => _writer.WriteAsync(_queues.ToWrite.Reader, _drain.Token), _drain.Cancel));
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>
    /// The files on which the last process died are refused until they have been tried alone, at the end of this run, after
    /// everything else is in. A file that was alone when the process died is not tried again, and its point, which may describe
    /// what the file held before, goes.
    /// </summary>
    private async Task SetAsideWhereDiedAsync()
    {
        var rows = _journal.Leftover.Select(died => died.SetAside(_ledger)).ToList();
        await _writer.DeleteAsync([.. rows.Where(row => row is { State: LedgerState.Failed, Stored: true })], _stop.Token);
        _ledger.Write(rows.Select(row => row with { Stored = row is { State: LedgerState.Suspect, Stored: true } }));
        _journal.Clear();
        foreach (var row in rows)
        {
            _logger.DiedOn(row.Path);
        }
    }

    private async Task WalkAsync()
    {
        foreach (var folder in new ImageWalk(_library, _options.Shard).Folders(_stop.Token))
        {
            var known = _ledger.Rows(folder.Path);
            if (folder.Fault is { } fault)
            {
                await NoteAsync(known, "", row => IndexOutcome.Unreadable($"{folder.Path}/", row, $"The folder cannot be listed: {fault}"));
            }

            foreach (var oddity in folder.Oddities)
            {
                await NoteAsync(known, oddity.Name, row => oddity switch
                {
                    WalkedOddity.Skipped skipped => IndexOutcome.Skipped(folder.PathOf(oddity.Name), row, skipped.Reason),
                    WalkedOddity.Unreadable unreadable => IndexOutcome.Unreadable(folder.PathOf(oddity.Name), row, unreadable.Fault),
                    _ => throw new ArgumentOutOfRangeException(nameof(oddity)),
                });
            }

            foreach (var file in folder.Files)
            {
                _ = known.Remove(file.Name, out var row);
                await TakeUpAsync(new PictureJob(folder.PathOf(file.Name), file.Stamp, row));
            }

            _sweep.Note(folder, known.Values);
        }
    }

    /// <summary>Gives out what is known without reading; writes it where the ledger does not say so yet.</summary>
    private async Task NoteAsync(Dictionary<string, LedgerRow> known, string name, Func<LedgerRow?, IndexOutcome> judge)
    {
        _ = known.Remove(name, out var row);
        var outcome = judge(row);
        if (outcome.Row == row)
        {
            await _results.WriteAsync(outcome.Result, _drain.Token);
        }
        else
        {
            await _queues.ToWrite.Writer.WriteAsync(outcome, _drain.Token);
        }
    }

    private async Task TakeUpAsync(PictureJob job)
    {
        IndexResult? settled = job.Known is { } row && row.Covers(job.Stamp)
            ? row.State switch
            {
                LedgerState.Indexed => new IndexResult.Unchanged(job.Path),
                LedgerState.Skipped => new IndexResult.Skipped(job.Path, Enum.Parse<SkipReason>(row.Reason!)),
                LedgerState.Failed => new IndexResult.Failed(job.Path, Enum.Parse<ImageRefusal>(row.Reason!), row.Message ?? "", Earlier: true),
                _ => null,
            }
            : null;
        if (settled is not null)
        {
            await _results.WriteAsync(settled, _drain.Token);
        }
        else if (job.Known is { State: LedgerState.Suspect } suspect && suspect.Covers(job.Stamp))
        {
            _suspects.Add(job with { Alone = true });
        }
        else
        {
            await _queues.ToRead.Writer.WriteAsync(job, _stop.Token);
        }
    }

    private async Task ReadAndEmbedAsync()
    {
        var readers = Enumerable.Range(0, _options.Readers).Select(slot => GuardedAsync(() => ReadAllAsync(slot), () => { }));
        var embedders = Enumerable.Range(_options.Readers, _options.Embedders).Select(slot => GuardedAsync(() => EmbedAllAsync(slot), () => { }));
        await Task.WhenAll([GuardedAsync(() => Task.WhenAll(readers), () => _queues.ToEmbed.Writer.Complete()), .. embedders]);
        foreach (var suspect in _suspects)
        {
            _stop.Token.ThrowIfCancellationRequested();
            var reading = await _reader.ReadAsync(suspect, slot: 0, _stop.Token);
            await WriteAsync(await EmbedAsync(reading, slot: 0));
        }
    }

    private async Task ReadAllAsync(int slot)
    {
        await foreach (var job in _queues.ToRead.Reader.ReadAllAsync(_stop.Token))
        {
            var reading = await _reader.ReadAsync(job, slot, _stop.Token);
            if (reading is PictureReading.Settled settled)
            {
                await WriteAsync(settled.Outcome);
            }
            else
            {
                await _queues.ToEmbed.Writer.WriteAsync(reading, _stop.Token);
            }
        }
    }

    private async Task EmbedAllAsync(int slot)
    {
        await foreach (var reading in _queues.ToEmbed.Reader.ReadAllAsync(_stop.Token))
        {
            await WriteAsync(await EmbedAsync(reading, slot));
        }
    }

    private async Task<IndexOutcome> EmbedAsync(PictureReading reading, int slot)
    {
        if (reading is PictureReading.SameContent same)
        {
            if (await _embedder.TouchAsync(same, _drain.Token) is { } touched)
            {
                return touched;
            }

            reading = _reader.Look(same.Job, same.File, slot, _stop.Token);
        }

        return reading switch
        {
            PictureReading.Picture picture => await _embedder.EmbedAsync(picture, slot, _drain.Token),
            PictureReading.Settled settled => settled.Outcome,
            _ => throw new ArgumentOutOfRangeException(nameof(reading)),
        };
    }

    private async Task WriteAsync(IndexOutcome outcome)
    {
        if (outcome.Result is IndexResult.Failed { Earlier: false } failed)
        {
            _logger.FileFailed(failed.Path, failed.Reason, failed.Message);
        }

        await _queues.ToWrite.Writer.WriteAsync(outcome, _drain.Token);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var device = FileSystemReader.DeviceOf(_library.Root);
        var gone = _sweep.Gone();
        if (_options.MassDeletion == MassDeletion.Refuse)
        {
            LibraryRootCheck.Check(_library, _ledger, _options.MassDeletion);
            _sweep.Check(gone, otherDevice: device != 0 && _ledger.Device != 0 && device != _ledger.Device);
        }

        await _writer.RemoveAsync(gone, cancellationToken);
        _ledger.Device = device;
    }

    /// <summary>Runs a stage; its failure stops all, and its end is always told to those that wait for it.</summary>
    private async Task GuardedAsync(Func<Task> stage, Action complete)
    {
        try
        {
            await Task.Run(stage);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped on purpose, or because another stage failed: that failure is the one to tell.
        }
        catch (Exception failure)
        {
            _ = Interlocked.CompareExchange(ref _failure, failure, null);
            await _stop.CancelAsync();
        }
        finally
        {
            complete();
        }
    }
}
