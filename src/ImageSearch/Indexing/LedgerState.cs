namespace ImageSearch.Indexing;

/// <summary>What the ledger knows about a file.</summary>
internal enum LedgerState
{
    /// <summary>On its way into the collection, or to be taken up again.</summary>
    Pending = 0,

    /// <summary>The collection has acknowledged it.</summary>
    Indexed = 1,

    /// <summary>No candidate.</summary>
    Skipped = 2,

    /// <summary>Refused.</summary>
    Failed = 3,

    /// <summary>In work with others when the process died; refused until it has been tried alone.</summary>
    Suspect = 4,
}
