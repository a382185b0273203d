namespace ImageSearch.Cli;

/// <summary>How a run ended, for scripts. Any other code means failure.</summary>
internal enum ExitCode
{
    /// <summary>All done.</summary>
    Done = 0,

    /// <summary>Failed; nothing to trust.</summary>
    Failed = 1,

    /// <summary>Wrong arguments or configuration.</summary>
    Usage = 2,

    /// <summary>Finished, but some files were unreadable or rejected (<c>status --failed</c> lists them), or what was read does not fit its schema.</summary>
    SomeFailed = 3,

    /// <summary>
    /// The embedding provider, or the model that looks at pictures, refused, could not be reached or gave no whole answer, or a cap on spending was
    /// reached, and the run stopped early; running again resumes.
    /// </summary>
    ProviderRefused = 4,

    /// <summary>The collection is unreachable or of another kind.</summary>
    CollectionUnusable = 5,

    /// <summary>Another indexer holds the library or writes to the collection.</summary>
    LibraryLocked = 6,

    /// <summary>Interrupted by Ctrl-C (SIGINT); running again resumes.</summary>
    Interrupted = 130,

    /// <summary>Ended by SIGTERM; running again resumes.</summary>
    Terminated = 143,
}
