using ImageSearch.Indexing;

namespace ImageSearch.Server.Libraries;

/// <summary>The latest run of a library, by whichever program.</summary>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended; absent while it goes on, or where its process died.</param>
/// <param name="Outcome">How it ended: completed, interrupted, stopped, or unfinished.</param>
/// <param name="Message">Why it was stopped; absent otherwise.</param>
/// <param name="New">Pictures indexed under a path that was not known.</param>
/// <param name="Changed">Pictures whose content changed.</param>
/// <param name="Removed">Pictures that are gone.</param>
/// <param name="Failed">Files that were refused.</param>
internal sealed record LibraryRun(DateTimeOffset Started, DateTimeOffset? Ended, string Outcome, string? Message, long New, long Changed, long Removed, long Failed)
{
    /// <summary>A run as it is told: without the folder of the library.</summary>
    public static LibraryRun Of(LedgerRun run, LibraryStatus library) => new(
        run.Started,
        run.Ended,
        run.Outcome.ToString().ToLowerInvariant(),
        run.Message?.Replace(library.Root, library.Name, StringComparison.Ordinal),
        run.Summary.New,
        run.Summary.Changed,
        run.Summary.Removed,
        run.Summary.Failed);
}
