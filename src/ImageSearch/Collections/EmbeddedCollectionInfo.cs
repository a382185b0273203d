namespace ImageSearch.Collections;

/// <summary>An embedded collection in figures.</summary>
public sealed record EmbeddedCollectionInfo
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What made the vectors.</summary>
    public required CollectionFingerprint Fingerprint { get; init; }

    /// <summary>Identifies this making of the collection.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Points in it.</summary>
    public required long Points { get; init; }

    /// <summary>Vector rows that are no points any more and that a compaction gives back.</summary>
    public required long DeadRows { get; init; }

    /// <summary>Bytes of all its files.</summary>
    public required long BytesOnDisk { get; init; }

    /// <summary>How often it was compacted, plus 1.</summary>
    public required int Generation { get; init; }
}
