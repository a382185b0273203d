using System.Numerics.Tensors;

namespace ImageSearch.Embedding.Offline;

/// <summary>Vectors of length 1.</summary>
internal static class UnitVector
{
    /// <summary>Makes a vector unit length; a zero vector stays as it is.</summary>
    /// <returns>False for a zero vector.</returns>
    public static bool TryNormalise(Span<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (length == 0)
        {
            return false;
        }

        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }
}
