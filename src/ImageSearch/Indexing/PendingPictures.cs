using System.Collections.Concurrent;
using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>
/// Gives out the pictures of a library that a run would embed and pay for, once for each content, several at a time. What fails here is
/// passed over: the run that follows comes upon it again and accounts for it.
/// </summary>
/// <param name="library">The library, or a part of it.</param>
/// <param name="ledger">What is known about files.</param>
/// <param name="options">Limits, and which pictures have vectors already.</param>
/// <param name="time">The clock.</param>
internal sealed class PendingPictures(LibraryRoot library, Ledger ledger, ImageIndexerOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, bool> _seen = new(ledger.CountContents().Keys.Select(sha256 => KeyValuePair.Create(sha256, true)));

    /// <summary>Gives each of them to <paramref name="take"/>; memory holds no more than are being taken.</summary>
    /// <param name="take">May decode the picture: if the process dies of it, the file is tried alone, at the end of the run that follows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndexException">The folder is missing, or another process is indexing the library.</exception>
    public async Task ForEachAsync(Func<PendingPicture, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        LibraryRootCheck.Check(library, ledger, MassDeletion.Allow);
        using var held = LibraryLock.Take(library.Name, ledger.Location, options.Shard, time);
        using var journal = InFlightJournal.Open(ledger.Location + ".inflight");
        ledger.Write(journal.Leftover.Select(died => (died with { Alone = false }).SetAside(ledger)));
        journal.Clear();
        var slots = new ConcurrentBag<int>(Enumerable.Range(0, options.Readers));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Candidates(cancellationToken), parallel, async (job, stopping) =>
        {
            _ = slots.TryTake(out var slot);
            if (Read(job) is { } picture)
            {
                using var mark = journal.Begin(slot, new InFlightFile(job.Path, job.Stamp, Alone: false));
                await take(picture, stopping);
            }

            slots.Add(slot);
        });
    }

    private IEnumerable<PictureJob> Candidates(CancellationToken cancellationToken)
    {
        foreach (var folder in new ImageWalk(library, options.Shard).Folders(cancellationToken))
        {
            var known = ledger.Rows(folder.Path);
            foreach (var file in folder.Files)
            {
                if (known.GetValueOrDefault(file.Name) is not { } row || !row.Covers(file.Stamp) || row.State == LedgerState.Pending)
                {
                    yield return new PictureJob(folder.PathOf(file.Name), file.Stamp, null);
                }
            }
        }
    }

    private PendingPicture? Read(PictureJob job)
    {
        try
        {
            var path = $"{library.Root}/{job.Path}";
            if (!PictureNames.IsPicture(job.Path) && !PictureHead.IsPicture(path))
            {
                return null;
            }

            var file = StableFile.Read(path, options.Limits.MaxBytes, time);
            var info = ImageIdentifier.Identify(file.Bytes.Span, options.Limits);
            return _seen.TryAdd(file.Sha256, true) && !options.IsEmbedded(file.Sha256)
                ? new PendingPicture(job.Path, file.Bytes, file.Sha256, info.MediaType)
                : null;
        }
        catch (Exception failure) when (failure is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
