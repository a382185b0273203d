namespace ImageSearch.Indexing;

/// <summary>A library as its ledger knows it. Every entry that was ever met is in exactly one of the counts.</summary>
/// <param name="Indexed">Files in the collection.</param>
/// <param name="Pending">Files that were being written when the process died, or that wait to be tried again; the next run takes them up.</param>
/// <param name="Skipped">Entries that are no candidates, by reason.</param>
/// <param name="Failed">Files that were refused, ordered by path.</param>
/// <param name="LastRun">The latest run; null when there was none.</param>
public sealed record LedgerStatus(
    long Indexed, long Pending, IReadOnlyDictionary<SkipReason, long> Skipped, IReadOnlyList<FailedFile> Failed, LedgerRun? LastRun);
