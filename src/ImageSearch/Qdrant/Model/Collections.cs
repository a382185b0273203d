using System.Text.Json;

namespace ImageSearch.Qdrant.Model;

/// <summary>A collection to make.</summary>
internal sealed record CreateCollection
{
    public required IReadOnlyDictionary<string, VectorParams> Vectors { get; init; }

    public IReadOnlyDictionary<string, SparseVectorParams>? SparseVectors { get; init; }

    public int? ShardNumber { get; init; }

    public int? ReplicationFactor { get; init; }

    public int? WriteConsistencyFactor { get; init; }

    public bool? OnDiskPayload { get; init; }

    public PayloadStorageParams? Payload { get; init; }

    public HnswConfigDiff? HnswConfig { get; init; }

    public OptimizersConfigDiff? OptimizersConfig { get; init; }

    public QuantizationConfig? QuantizationConfig { get; init; }

    /// <summary>What the collection says about itself; any JSON object (server 1.16).</summary>
    public JsonElement? Metadata { get; init; }
}

/// <summary>A dense vector. <paramref name="Memory"/> (<c>cold</c>, <c>cached</c>) is for servers from 1.19, <paramref name="OnDisk"/> for older ones.</summary>
internal sealed record VectorParams(int Size, string Distance, string? Datatype = null, bool? OnDisk = null, string? Memory = null)
{
    /// <summary>The server makes vectors unit length when they are written.</summary>
    public const string Cosine = "Cosine";
}

/// <summary>A sparse vector; with the modifier <c>idf</c> the server weighs each place by how rare it is among its points.</summary>
internal sealed record SparseVectorParams(string? Modifier, SparseIndexParams? Index = null)
{
    public const string Idf = "idf";
}

internal sealed record SparseIndexParams(bool? OnDisk, string? Memory);

internal sealed record PayloadStorageParams(string Memory);

internal sealed record HnswConfigDiff(int? M = null, int? EfConstruct = null);

/// <summary>Sizes in KB.</summary>
internal sealed record OptimizersConfigDiff(long? MaxSegmentSize);

/// <summary>One of the two.</summary>
internal sealed record QuantizationConfig(TurboQuantization? Turbo = null, ScalarQuantization? Scalar = null);

internal sealed record TurboQuantization(string Bits, string? Memory, bool? AlwaysRam)
{
    public const string FourBits = "bits4";
}

internal sealed record ScalarQuantization(string Type, double Quantile, string? Memory, bool? AlwaysRam)
{
    public const string Int8 = "int8";
}

/// <summary>A collection as the server tells of it; what is unknown here is passed over.</summary>
internal sealed record CollectionInfo
{
    /// <summary><c>green</c>, <c>yellow</c>, <c>grey</c> or <c>red</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>"ok"</c>, or an object with the error.</summary>
    public JsonElement OptimizerStatus { get; init; }

    /// <summary>About how many points.</summary>
    public long? PointsCount { get; init; }

    /// <summary>About how many vectors have a graph.</summary>
    public long? IndexedVectorsCount { get; init; }

    public long SegmentsCount { get; init; }

    public required CollectionConfig Config { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? PayloadSchema { get; init; }
}

internal sealed record CollectionConfig(CollectionParams Params, HnswConfigDiff? HnswConfig, QuantizationConfig? QuantizationConfig, JsonElement? Metadata);

/// <summary><see cref="Vectors"/> is a map by name, or one vector without a name.</summary>
internal sealed record CollectionParams(JsonElement Vectors, int? ShardNumber, int? ReplicationFactor, int? WriteConsistencyFactor);

internal sealed record CollectionDescription(string Name);

internal sealed record ListCollectionsResponse(IReadOnlyList<CollectionDescription> Collections);

internal sealed record CollectionExistence(bool Exists);

internal sealed record UpdateAliases(IReadOnlyList<AliasOperation> Actions);

/// <summary>One of the three.</summary>
internal sealed record AliasOperation
{
    public CreateAlias? CreateAlias { get; init; }

    public DeleteAlias? DeleteAlias { get; init; }

    public RenameAlias? RenameAlias { get; init; }
}

internal sealed record CreateAlias(string CollectionName, string AliasName);

internal sealed record DeleteAlias(string AliasName);

internal sealed record RenameAlias(string OldAliasName, string NewAliasName);

internal sealed record AliasDescription(string AliasName, string CollectionName);

internal sealed record ListAliasesResponse(IReadOnlyList<AliasDescription> Aliases);

internal sealed record CreateFieldIndex(string FieldName, PayloadIndexParams FieldSchema);

/// <summary>An index of a payload field. <paramref name="Type"/>: keyword, integer, float, geo, datetime, text …</summary>
internal sealed record PayloadIndexParams(
    string Type,
    string? Tokenizer = null,
    bool? Lowercase = null,
    bool? PhraseMatching = null,
    bool? IsTenant = null,
    bool? OnDisk = null,
    string? Memory = null,
    bool? EnableHnsw = null);

internal sealed record SnapshotDescription(string Name, DateTime? CreationTime, long Size, string? Checksum);


/// <summary>What the server is.</summary>
internal sealed record HealthCheckReply(string? Title, string? Version, string? Commit);
