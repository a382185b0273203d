namespace ImageSearch.Server.Libraries;

/// <summary>A library and how much of it is indexed. Every file that was ever met is in exactly one of the counts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Indexed">Files in the collection.</param>
/// <param name="Skipped">Entries that are no candidates.</param>
/// <param name="Failed">Files that were refused.</param>
/// <param name="Pending">Files that the next run takes up.</param>
/// <param name="LastRun">The latest run; absent where there was none.</param>
/// <param name="Progress">The run that goes on within this server; absent where there is none.</param>
internal sealed record LibraryAnswer(string Name, long Indexed, long Skipped, long Failed, long Pending, LibraryRun? LastRun, LibraryProgress? Progress)
{
    /// <summary>The answer about a library.</summary>
    public static LibraryAnswer Of(LibraryStatus status, LibraryProgress? progress) => new(
        status.Name,
        status.Indexed,
        status.Skipped,
        status.Failed.Count,
        status.Pending,
        status.LastRun is { } run ? LibraryRun.Of(run, status) : null,
        progress);
}
