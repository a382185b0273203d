namespace ImageSearch.Collections;

/// <summary>A collection on a Qdrant server in figures.</summary>
public sealed record QdrantCollectionInfo
{
    /// <summary>Where it lies.</summary>
    public required QdrantAddress Address { get; init; }

    /// <summary>Version of the server.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>What made the vectors.</summary>
    public required CollectionFingerprint Fingerprint { get; init; }

    /// <summary>Identifies this making of the collection.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Points in it.</summary>
    public required long Points { get; init; }

    /// <summary>About how many of the points are in a graph; the others are compared one by one.</summary>
    public required long Indexed { get; init; }

    /// <summary><c>green</c>: all is done; <c>yellow</c>: optimising; <c>grey</c>: waiting to; <c>red</c>: something is wrong.</summary>
    public required string Status { get; init; }

    /// <summary>What keeps the server from optimising, in its own words; null when nothing does.</summary>
    public required string? Error { get; init; }

    /// <summary>Shards.</summary>
    public required int Shards { get; init; }

    /// <summary>How often each shard is kept.</summary>
    public required int Replicas { get; init; }

    /// <summary>How vectors are quantised: <c>none</c>, <c>turbo 4 bits</c> or <c>scalar 8 bits</c>.</summary>
    public required string Quantisation { get; init; }

    /// <summary>Bytes of memory that one copy of the collection should take; payload indexes and caches come on top, a fifth to a half.</summary>
    public required long EstimatedMemory { get; init; }

    /// <summary>Bytes of memory of the server's process, other collections included; null when the server does not say.</summary>
    public required long? ServerMemory { get; init; }
}
