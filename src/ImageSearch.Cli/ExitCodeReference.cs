namespace ImageSearch.Cli;

/// <summary>The exit codes with their meaning, for <c>show exit-codes</c> and the documentation.</summary>
internal static class ExitCodeReference
{
    /// <summary>All codes in ascending order.</summary>
    public static IReadOnlyList<(ExitCode Code, string Meaning)> All { get; } =
    [
        (ExitCode.Done, "all done"),
        (ExitCode.Failed, "failed; nothing to trust"),
        (ExitCode.Usage, "wrong arguments or configuration"),
        (ExitCode.SomeFailed, "finished, but some files were unreadable or rejected (`imagesearch status --failed` lists them), or what `extract` read does not fit its schema"),
        (ExitCode.ProviderRefused, "the embedding provider, or the model that looks at pictures, refused (credentials, model access, quota) or gave no whole answer, or `--max-cost` was reached, and the run stopped early; running again resumes"),
        (ExitCode.CollectionUnusable, "the collection is unreachable, or of another model or format"),
        (ExitCode.LibraryLocked, "another indexer holds the library or writes to the collection"),
        (ExitCode.Interrupted, "interrupted by Ctrl-C; running again resumes"),
        (ExitCode.Terminated, "ended by SIGTERM; running again resumes"),
    ];
}
