namespace ImageSearch.Indexing;

/// <summary>What stops a whole run.</summary>
public enum IndexFault
{
    /// <summary>The folder to index is missing, is no folder, or is empty although pictures of it are known: perhaps a disk is not mounted.</summary>
    RootMissing,

    /// <summary>So many pictures are gone that a mistake is likelier than a clean-up; nothing was deleted.</summary>
    MassDeletion,

    /// <summary>Another process is indexing the library.</summary>
    LibraryLocked,

    /// <summary>No library of that name or folder is known, or a new one cannot have that name.</summary>
    LibraryUnknown,

    /// <summary>The embedding provider refused or gave unusable vectors.</summary>
    ProviderRefused,

    /// <summary>The embedding provider could not be reached, failed, or has no quota left: the same may succeed later.</summary>
    ProviderUnavailable,

    /// <summary>The next embedding would cost more than may be spent; what is paid for is stored.</summary>
    CostCapReached,

    /// <summary>The collection cannot be written.</summary>
    CollectionUnusable,

    /// <summary>The ledger or the catalog cannot be read or written: no space, no permission, damaged, or written by a newer version.</summary>
    LedgerUnusable,
}
