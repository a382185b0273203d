using System.Numerics.Tensors;

namespace ImageSearch.Testing.Qdrant.Storage;

internal enum Distance
{
    Cosine,
    Euclid,
    Dot,
    Manhattan,
}

/// <summary>How near two vectors are. A similarity is better when it is larger, whatever the distance; a score is what the answer says.</summary>
internal static class Distances
{
    public static float Similarity(Distance distance, float[] left, float[] right) => distance switch
    {
        Distance.Euclid => -TensorPrimitives.Distance(left, right),
        Distance.Manhattan => -left.Zip(right, (a, b) => Math.Abs(a - b)).Sum(),
        _ => TensorPrimitives.Dot<float>(left, right),
    };

    /// <summary>True where a smaller score is the better one.</summary>
    public static bool SmallerIsBetter(Distance distance) => distance is Distance.Euclid or Distance.Manhattan;

    /// <summary>The vector at length 1; one that has it already, or that has none, is left as it is.</summary>
    public static float[] Normalise(float[] vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (length < float.Epsilon || Math.Abs(length - 1) < 1e-6f)
        {
            return vector;
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }
}
