namespace ImageSearch.Server.Libraries;

/// <summary>Where a run of this server stands.</summary>
internal enum LibraryPhase
{
    /// <summary>It goes on.</summary>
    Indexing,

    /// <summary>It was asked to stop and writes what is finished.</summary>
    Stopping,

    /// <summary>It reached its end.</summary>
    Done,

    /// <summary>It was stopped; the next one goes on from there.</summary>
    Stopped,

    /// <summary>Something that would have made every file fail ended it.</summary>
    Failed,
}
