using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>The read stage: a file becomes a picture ready to embed, or a reason why not.</summary>
/// <param name="library">The library.</param>
/// <param name="model">The embedding model, for the payload.</param>
/// <param name="options">Limits.</param>
/// <param name="journal">Where files in work are noted.</param>
/// <param name="time">The clock.</param>
internal sealed class PictureReader(LibraryRoot library, string model, ImageIndexerOptions options, InFlightJournal journal, TimeProvider time)
{
    /// <param name="job">The file.</param>
    /// <param name="slot">The worker's slot in the journal.</param>
    /// <param name="cancellationToken">Stops between the steps and inside decoding.</param>
    public async Task<PictureReading> ReadAsync(PictureJob job, int slot, CancellationToken cancellationToken)
    {
        var path = $"{library.Root}/{job.Path}";
        var readAt = time.GetUtcNow().UtcTicks;
        try
        {
            if (!PictureNames.IsPicture(job.Path) && !await BoundedAsync(() => PictureHead.IsPicture(path), cancellationToken))
            {
                return Settled(IndexOutcome.Skipped(job.Path, job.Known, SkipReason.NotAPicture, job.Stamp, readAt));
            }

            var file = await BoundedAsync(() => StableFile.Read(path, options.Limits.MaxBytes, time), cancellationToken);
            return Known(job, file) ?? Look(job, file, slot, cancellationToken);
        }
        catch (ImageFormatException tooLarge)
        {
            return Settled(IndexOutcome.Refused(job, job.Stamp, readAt, sha256: null, tooLarge));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return Settled(new IndexOutcome(null, new IndexResult.Skipped(job.Path, SkipReason.Vanished)));
        }
        catch (TimeoutException)
        {
            return Settled(IndexOutcome.Unreadable(job.Path, job.Known, $"Reading took longer than {options.ReadTimeLimit.TotalSeconds:0.#} seconds."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Settled(IndexOutcome.Unreadable(job.Path, job.Known, $"The file cannot be read: {failure.Message}"));
        }
    }

    /// <summary>Where the same bytes have been judged under this path before, the judgement stands.</summary>
    private static PictureReading? Known(PictureJob job, StableFile file) => job.Known switch
    {
        { State: LedgerState.Indexed, Stored: true } known when known.Sha256 == file.Sha256 => new PictureReading.SameContent(job, file),
        { State: LedgerState.Failed } known when known.Sha256 == file.Sha256 && Enum.Parse<ImageRefusal>(known.Reason!) is var refusal =>
            Settled(new IndexOutcome(
                known with { Stamp = file.Stamp, ReadAt = file.ReadAt },
                new IndexResult.Failed(job.Path, refusal, known.Message ?? "", Earlier: true))),
        _ => null,
    };

    /// <summary>Decodes a file that was read.</summary>
    public PictureReading Look(PictureJob job, StableFile file, int slot, CancellationToken cancellationToken)
    {
        try
        {
            using var mark = journal.Begin(slot, new InFlightFile(job.Path, file.Stamp, job.Alone));
            var analysis = ImageDecoder.Analyse(file.Bytes, options.Limits, cancellationToken);
            var metadata = ImageMetadataReader.Read(file.Bytes, analysis.Info);
            return new PictureReading.Picture(
                job, file, analysis.Info.MediaType, PictureFacts.Of(library.Name, job.Path, file, analysis, metadata, model, time));
        }
        catch (ImageFormatException refusal)
        {
            return Settled(IndexOutcome.Refused(job, file.Stamp, file.ReadAt, file.Sha256, refusal));
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ImageLibraryException))
        {
            var refusal = new ImageFormatException(ImageRefusal.Corrupt, $"Looking at the picture failed in a way that nobody foresaw: {failure.Message}", failure);
            return Settled(IndexOutcome.Refused(job, file.Stamp, file.ReadAt, file.Sha256, refusal));
        }
    }

    /// <summary>Runs a read that may hang (a dead network drive, a file replaced by a FIFO) and leaves it behind after the limit.</summary>
    private Task<T> BoundedAsync<T>(Func<T> read, CancellationToken cancellationToken) =>
        Task.Run(read, cancellationToken).WaitAsync(options.ReadTimeLimit, time, cancellationToken);

    private static PictureReading.Settled Settled(IndexOutcome outcome) => new(outcome);
}
