namespace ImageSearch.Indexing;

/// <summary>A file to read.</summary>
/// <param name="Path">Path below the library's root.</param>
/// <param name="Stamp">Its state when its folder was listed.</param>
/// <param name="Known">What the ledger says about it; null for a new file.</param>
internal sealed record PictureJob(string Path, FileStamp Stamp, LedgerRow? Known)
{
    /// <summary>True when nothing else is worked on meanwhile.</summary>
    public bool Alone { get; init; }
}
