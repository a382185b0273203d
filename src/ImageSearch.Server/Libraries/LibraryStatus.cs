using ImageSearch.Indexing;

namespace ImageSearch.Server.Libraries;

/// <summary>A library as its ledgers know it, the shares of it together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Root">Its folder, which is not told.</param>
/// <param name="Indexed">Files in the collection.</param>
/// <param name="Pending">Files that the next run takes up.</param>
/// <param name="Skipped">Entries that are no candidates.</param>
/// <param name="Failed">Files that were refused.</param>
/// <param name="LastRun">The latest run; null when there was none.</param>
internal sealed record LibraryStatus(string Name, string Root, long Indexed, long Pending, long Skipped, IReadOnlyList<FailedFile> Failed, LedgerRun? LastRun)
{
    /// <summary>Nothing was ever indexed.</summary>
    public static LibraryStatus Unknown(LibraryRoot library) => new(library.Name, library.Root, 0, 0, 0, [], null);

    /// <summary>With another share of it.</summary>
    public LibraryStatus With(LedgerStatus share) => new(
        Name,
        Root,
        Indexed + share.Indexed,
        Pending + share.Pending,
        Skipped + share.Skipped.Values.Sum(),
        [.. Failed, .. share.Failed],
        LastRun is null || share.LastRun?.Started > LastRun.Started ? share.LastRun : LastRun);
}
