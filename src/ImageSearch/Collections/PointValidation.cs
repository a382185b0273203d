using System.Numerics.Tensors;

namespace ImageSearch.Collections;

/// <summary>What a collection refuses before it writes or searches.</summary>
internal static class PointValidation
{
    private const float Tolerance = 1e-3f;

    /// <exception cref="ArgumentException">A point's vector or content hash is none.</exception>
    public static void Check(IReadOnlyList<ImagePoint> points, int dimension)
    {
        foreach (var point in points)
        {
            CheckVector(point.Vector.Span, dimension, point.Payload.Path);
            if (!ContentHash.TryParse(point.Payload.Sha256, out _))
            {
                throw new ArgumentException($"The content hash of '{point.Payload.Path}' is '{point.Payload.Sha256}', not 64 hexadecimal digits.");
            }
        }
    }

    /// <exception cref="ArgumentException">The query cannot be asked.</exception>
    public static void Check(CollectionQuery query, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        if (query.Vector is { } vector)
        {
            CheckVector(vector.Span, dimension, "the query");
        }
        else if (query.Words.Count == 0)
        {
            throw new ArgumentException("The query has neither a vector nor words. Give it one of them, or list the collection.");
        }
    }

    private static void CheckVector(ReadOnlySpan<float> vector, int dimension, string what)
    {
        if (vector.Length != dimension)
        {
            throw new ArgumentException($"The vector of {what} has {vector.Length} numbers; the collection's have {dimension}.");
        }

        // A number that is not finite makes a length that is not, and so is refused too.
        var length = TensorPrimitives.Norm(vector);
        if (!(Math.Abs(length - 1) <= Tolerance))
        {
            throw new ArgumentException($"The vector of {what} has length {length}, not 1. Normalise it first.");
        }
    }
}
