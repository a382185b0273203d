namespace ImageSearch.Indexing;

/// <summary>One file in the ledger.</summary>
/// <param name="Folder">Path of its folder below the root; empty for the root.</param>
/// <param name="Name">Its name, or what stands for a name that is not UTF-8.</param>
/// <param name="State">What is known about it.</param>
internal sealed record LedgerRow(string Folder, string Name, LedgerState State)
{
    /// <summary>True when the collection holds, or may hold, a point of this path.</summary>
    public bool Stored { get; init; }

    /// <summary>The file when it was read; of what is never read, nothing.</summary>
    public FileStamp Stamp { get; init; }

    /// <summary>When it was read, in UTC ticks.</summary>
    public long ReadAt { get; init; }

    /// <summary>SHA-256 of the bytes that were read, lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Name of the <see cref="SkipReason"/> or <see cref="Imaging.ImageRefusal"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>What is wrong with it, in one sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Path below the root.</summary>
    public string Path => Folder.Length == 0 ? Name : $"{Folder}/{Name}";

    /// <summary>True when the file still is as it was when it was read, so that what is known about it still holds.</summary>
    public bool Covers(FileStamp stamp) => Stamp == stamp && stamp.IsProofSince(ReadAt);

    /// <summary>A row for a path below the root.</summary>
    public static LedgerRow Of(string path, LedgerState state)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? new LedgerRow("", path, state) : new LedgerRow(path[..slash], path[(slash + 1)..], state);
    }
}
