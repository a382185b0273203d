namespace ImageSearch.Collections;

/// <summary>What went wrong with a collection as a whole.</summary>
public enum CollectionFault
{
    /// <summary>It does not exist.</summary>
    NotFound,

    /// <summary>Its vectors were made by another model, dimension or preparation.</summary>
    FingerprintMismatch,

    /// <summary>A newer version of the program wrote it.</summary>
    NewerFormat,

    /// <summary>The folder or server holds something else.</summary>
    ForeignFormat,

    /// <summary>What is stored contradicts its checksums.</summary>
    Damaged,

    /// <summary>Another process is writing to it.</summary>
    Busy,

    /// <summary>No space left for it.</summary>
    Full,

    /// <summary>It cannot be reached.</summary>
    Unreachable,
}
