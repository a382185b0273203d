namespace ImageSearch.Indexing;

/// <summary>Why an entry of a folder is no candidate for indexing: a closed list, shown to people and stored in the ledger.</summary>
public enum SkipReason
{
    /// <summary>The name begins with a dot.</summary>
    Hidden,

    /// <summary>Left behind by an operating system or a storage device (<c>Thumbs.db</c>, <c>@eaDir</c>, <c>._*</c> …).</summary>
    SystemJunk,

    /// <summary>A symbolic link; links are never followed, so that nothing outside the library and nothing twice is indexed.</summary>
    SymbolicLink,

    /// <summary>A FIFO, socket or device; it is never opened.</summary>
    NotARegularFile,

    /// <summary>Neither the name nor the first bytes are those of a picture.</summary>
    NotAPicture,

    /// <summary>A camera's raw picture; its developed twin is indexed where there is one.</summary>
    CameraRaw,

    /// <summary>Listed, and gone before it could be read.</summary>
    Vanished,
}
