namespace ImageSearch.Indexer;

/// <summary>What goes on with a library.</summary>
internal enum LibraryPhase
{
    /// <summary>It is looked through as a whole.</summary>
    Scanning,

    /// <summary>It is up to date; changes are taken up as they come.</summary>
    Watching,

    /// <summary>Something is away; it is tried again later.</summary>
    Waiting,
}
