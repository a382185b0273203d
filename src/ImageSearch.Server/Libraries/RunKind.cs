namespace ImageSearch.Server.Libraries;

/// <summary>What a run takes up.</summary>
internal enum RunKind
{
    /// <summary>What is new, changed or gone.</summary>
    Index,

    /// <summary>The same, and every file again that was refused before.</summary>
    Retry,
}
