using System.Text.Json;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>How a collection is laid out on a server of a given version.</summary>
internal static class CollectionPlan
{
    /// <summary>The first server with metadata of collections, and the oldest that is spoken to.</summary>
    public static Version Oldest { get; } = new(1, 16);

    /// <summary>The first server with codes of four bits that keep the order of CLIP-like vectors better than eight plain bits do.</summary>
    private static readonly Version Turbo = new(1, 18);

    /// <summary>The first server that reads <c>memory</c>; older ones pass it over in silence, newer ones will drop what was before it.</summary>
    private static readonly Version Memory = new(1, 19);

    private const string Cold = "cold";
    private const string Pinned = "pinned";
    private const string HalfPrecision = "float16";

    /// <summary>Links of a point in the graph, and candidates while it is built.</summary>
    private const int Links = 16;
    private const int Candidates = 128;

    private const int NodeShards = 2;

    /// <summary>Divides by 1, 2, 3, 6 and 12 servers; a server of one's own cannot split shards later.</summary>
    private const int ClusterShards = 12;
    private const int ClusterReplicas = 2;

    /// <summary>KB, as the server counts: 1.25 million vectors of 1,024 numbers.</summary>
    private const long LargestSegment = 5_000_000;

    public static CreateCollection Of(CollectionProfile profile, int dimension, Version server, JsonElement metadata)
    {
        var words = new Dictionary<string, SparseVectorParams> { [PointFields.Words] = new(SparseVectorParams.Idf) };
        if (profile == CollectionProfile.Laptop)
        {
            return new CreateCollection { Vectors = Picture(new VectorParams(dimension, VectorParams.Cosine)), SparseVectors = words, Metadata = metadata };
        }

        var knowsMemory = server >= Memory;
        var isCluster = profile == CollectionProfile.Cluster;
        return new CreateCollection
        {
            Vectors = Picture(new VectorParams(dimension, VectorParams.Cosine, HalfPrecision, knowsMemory ? null : true, knowsMemory ? Cold : null)),
            SparseVectors = words,
            QuantizationConfig = Quantised(server, knowsMemory),
            HnswConfig = new HnswConfigDiff(Links, Candidates),
            OptimizersConfig = isCluster ? new OptimizersConfigDiff(LargestSegment) : null,
            OnDiskPayload = knowsMemory ? null : true,
            Payload = knowsMemory ? new PayloadStorageParams(Cold) : null,
            ShardNumber = isCluster ? ClusterShards : NodeShards,
            ReplicationFactor = isCluster ? ClusterReplicas : null,
            WriteConsistencyFactor = isCluster ? 1 : null,
            Metadata = metadata,
        };
    }

    private static Dictionary<string, VectorParams> Picture(VectorParams vector) => new() { [PointFields.Picture] = vector };

    private static QuantizationConfig Quantised(Version server, bool knowsMemory)
    {
        var (memory, alwaysRam) = knowsMemory ? (Pinned, (bool?)null) : (null, true);
        return server >= Turbo
            ? new QuantizationConfig(Turbo: new TurboQuantization(TurboQuantization.FourBits, memory, alwaysRam))
            : new QuantizationConfig(Scalar: new ScalarQuantization(ScalarQuantization.Int8, 0.99, memory, alwaysRam));
    }
}
