using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>Finds out what a run would do: walks, asks the ledger, and reads what is new or changed up to its header and its hash.</summary>
/// <param name="library">The library.</param>
/// <param name="ledger">What is known about files.</param>
/// <param name="options">Limits and prices.</param>
/// <param name="time">The clock.</param>
internal sealed class IndexEstimator(LibraryRoot library, Ledger ledger, ImageIndexerOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _embedded = [.. ledger.CountContents().Keys];
    private IndexEstimate _estimate = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Looks at every file.</summary>
    public async Task<IndexEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        var sweep = new LibrarySweep(ledger, library.Folder);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Candidates(sweep, cancellationToken), parallel, (job, _) =>
        {
            Look(job);
            return ValueTask.CompletedTask;
        });
        return _estimate with
        {
            Gone = sweep.Gone().Count(row => row.Stored),
            Price = _estimate.Calls * options.PricePerPicture,
        };
    }

    private IEnumerable<PictureJob> Candidates(LibrarySweep sweep, CancellationToken cancellationToken)
    {
        foreach (var folder in new ImageWalk(library, options.Shard).Folders(cancellationToken))
        {
            var known = ledger.Rows(folder.Path);
            foreach (var oddity in folder.Oddities)
            {
                _ = known.Remove(oddity.Name);
                Count(oddity is WalkedOddity.Skipped ? estimate => estimate with { Skipped = estimate.Skipped + 1 } : CountFailed);
            }

            foreach (var file in folder.Files)
            {
                _ = known.Remove(file.Name, out var row);
                yield return new PictureJob(folder.PathOf(file.Name), file.Stamp, row);
            }

            if (folder.Fault is not null)
            {
                Count(CountFailed);
            }

            sweep.Note(folder, known.Values);
        }
    }

    private void Look(PictureJob job)
    {
        if (job.Known is { } row && row.Covers(job.Stamp) && row.State is LedgerState.Indexed or LedgerState.Skipped or LedgerState.Failed)
        {
            Count(row.State switch
            {
                LedgerState.Indexed => estimate => estimate with { Unchanged = estimate.Unchanged + 1 },
                LedgerState.Skipped => estimate => estimate with { Skipped = estimate.Skipped + 1 },
                _ => CountFailed,
            });
            return;
        }

        try
        {
            var path = $"{library.Root}/{job.Path}";
            if (!PictureNames.IsPicture(job.Path) && !PictureHead.IsPicture(path))
            {
                Count(estimate => estimate with { Skipped = estimate.Skipped + 1 });
                return;
            }

            var file = StableFile.Read(path, options.Limits.MaxBytes, time);
            _ = ImageIdentifier.Identify(file.Bytes.Span, options.Limits);
            CountPicture(job, file);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            Count(estimate => estimate with { Skipped = estimate.Skipped + 1 });
        }
        catch (Exception failure) when (failure is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            Count(CountFailed);
        }
    }

    private void CountPicture(PictureJob job, StableFile file) => Count(estimate =>
    {
        if (job.Known is { State: LedgerState.Indexed } known && known.Sha256 == file.Sha256)
        {
            return known.Stamp.Modified == file.Stamp.Modified
                ? estimate with { Unchanged = estimate.Unchanged + 1 }
                : estimate with { Touched = estimate.Touched + 1 };
        }

        var isNew = job.Known is not { State: LedgerState.Indexed };
        var isFirst = _embedded.Add(file.Sha256);
        var costs = isFirst && !options.IsEmbedded(file.Sha256);
        return estimate with
        {
            New = estimate.New + (isNew ? 1 : 0),
            Changed = estimate.Changed + (isNew ? 0 : 1),
            Copied = estimate.Copied + (isNew && !costs ? 1 : 0),
            Calls = estimate.Calls + (costs ? 1 : 0),
            Cached = estimate.Cached + (isFirst && !costs ? 1 : 0),
            Bytes = estimate.Bytes + file.Bytes.Length,
        };
    });

    private static IndexEstimate CountFailed(IndexEstimate estimate) => estimate with { Failed = estimate.Failed + 1 };

    private void Count(Func<IndexEstimate, IndexEstimate> change)
    {
        lock (_gate)
        {
            _estimate = change(_estimate);
        }
    }
}
