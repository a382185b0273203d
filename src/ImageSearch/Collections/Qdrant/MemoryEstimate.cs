using System.Text.Json;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// The memory that a collection should take, by the formula that Qdrant gives for large collections: the vectors that are kept in
/// memory, two links of four bytes a neighbour, and the ids.
/// </summary>
internal static class MemoryEstimate
{
    private const int DefaultLinks = 16;
    private const int BytesOfLink = 2 * 4;

    /// <summary>A UUID, the two maps between it and the point's number, and the version.</summary>
    private const int BytesOfId = 40;

    /// <summary>Four bits a number, and the length.</summary>
    private const int BytesOfTurboLength = 4;

    public static long Bytes(long points, int dimension, CollectionConfig config) =>
        points * (BytesOfVector(dimension, config) + (BytesOfLink * (config.HnswConfig?.M ?? DefaultLinks)) + BytesOfId);

    public static string Quantisation(CollectionConfig config) => config.QuantizationConfig switch
    {
        { Turbo: not null } => "turbo 4 bits",
        { Scalar: not null } => "scalar 8 bits",
        null => "none",
        _ => "other",
    };

    // Quantised vectors are kept in memory and the originals left on the disk; see CollectionPlan.
    private static long BytesOfVector(int dimension, CollectionConfig config) => config.QuantizationConfig switch
    {
        { Turbo: not null } => (dimension / 2) + BytesOfTurboLength,
        { Scalar: not null } => dimension,
        _ => dimension * (IsHalf(config.Params.Vectors) ? 2L : 4L),
    };

    private static bool IsHalf(JsonElement vectors) => vectors.ValueKind == JsonValueKind.Object
        && vectors.TryGetProperty(PointFields.Picture, out var picture)
        && picture.TryGetProperty("datatype", out var datatype)
        && datatype.ValueEquals("float16");
}
