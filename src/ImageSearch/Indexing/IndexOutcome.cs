using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>What is to be written about one file, and the result that is given out once it is written.</summary>
/// <param name="Row">For the ledger; null leaves the ledger as it is.</param>
/// <param name="Result">For the caller.</param>
internal sealed record IndexOutcome(LedgerRow? Row, IndexResult Result)
{
    /// <summary>The point to upsert; null when there is none.</summary>
    public ImagePoint? Point { get; init; }

    /// <summary>True when the point that the collection holds for the path describes content that is no longer there.</summary>
    public bool DropsPoint { get; init; }

    public static IndexOutcome Indexed(PictureJob job, StableFile file, ImagePoint point, IndexChange change, bool embedded) =>
        new(
            LedgerRow.Of(job.Path, LedgerState.Indexed) with { Stored = true, Stamp = file.Stamp, ReadAt = file.ReadAt, Sha256 = file.Sha256 },
            new IndexResult.Indexed(job.Path, change, embedded))
        { Point = point };

    /// <summary>The content was looked at and refused.</summary>
    public static IndexOutcome Refused(PictureJob job, FileStamp stamp, long readAt, string? sha256, ImageFormatException refusal) => new(
        LedgerRow.Of(job.Path, LedgerState.Failed) with
        {
            Stamp = stamp,
            ReadAt = readAt,
            Sha256 = sha256,
            Reason = refusal.Refusal.ToString(),
            Message = refusal.Message,
        },
        new IndexResult.Failed(job.Path, refusal.Refusal, refusal.Message, Earlier: false))
    { DropsPoint = job.Known is { Stored: true } };

    /// <summary>The content could not be looked at; a point from an earlier time stays, because the picture may well be what it was.</summary>
    public static IndexOutcome Unreadable(string path, LedgerRow? known, string message) => new(
        LedgerRow.Of(path, LedgerState.Failed) with
        {
            Stored = known is { Stored: true },
            Reason = nameof(ImageRefusal.Unreadable),
            Message = message,
        },
        new IndexResult.Failed(path, ImageRefusal.Unreadable, message, Earlier: known is { State: LedgerState.Failed } && known.Message == message));

    public static IndexOutcome Skipped(string path, LedgerRow? known, SkipReason reason, FileStamp stamp = default, long readAt = 0) => new(
        LedgerRow.Of(path, LedgerState.Skipped) with { Stamp = stamp, ReadAt = readAt, Reason = reason.ToString() },
        new IndexResult.Skipped(path, reason))
    { DropsPoint = known is { Stored: true } };
}
