using System.Numerics.Tensors;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// The codes of 64 rows, laid out for the scan. Eight dimensions at a time take 256 bytes, four bytes a row: byte j holds
/// dimension j in its low and dimension j + 4 in its high nibble. After all dimensions follow 64 scales (float, 256 bytes).
/// Nibble c stands for (c − 7.5) · scale.
/// </summary>
internal static unsafe class CodeBlock
{
    /// <summary>Rows in a block.</summary>
    public const int Rows = 64;

    /// <summary>Dimensions are coded in multiples of this; the rest is zero in every query.</summary>
    public const int WidthStep = 32;

    /// <summary>Dimensions that share 256 bytes.</summary>
    public const int GroupWidth = 8;

    /// <summary>Bytes of a group.</summary>
    public const int GroupBytes = Rows * 4;

    // Steps tried, as parts of the one that would just reach the largest number: clipping a few numbers pays for a finer step.
    private static readonly float[] Steps = [1f, 0.9f, 0.8f, 0.7f, 0.6f];

    /// <summary>Bytes of a block.</summary>
    public static int Bytes(int width) => (width / GroupWidth * GroupBytes) + (Rows * sizeof(float));

    /// <summary>The scales of a block.</summary>
    public static float* Scales(byte* block, int width) => (float*)(block + (width / GroupWidth * GroupBytes));

    /// <summary>Writes one row's codes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="row">0…63.</param>
    /// <param name="projected">The centred row inside the subspace, shape [width], a multiple of <see cref="WidthStep"/>.</param>
    public static void Write(byte* block, int row, ReadOnlySpan<float> projected)
    {
        int width = projected.Length;
        Span<float> levels = stackalloc float[width];
        float scale = Quantise(projected, levels);
        Scales(block, width)[row] = scale;
        for (int group = 0; group < width; group += GroupWidth)
        {
            byte* bytes = block + (group / GroupWidth * GroupBytes) + (row * 4);
            for (int i = 0; i < 4; i++)
            {
                bytes[i] = (byte)((int)levels[group + i] | ((int)levels[group + 4 + i] << 4));
            }
        }
    }

    /// <summary>The value that a code stands for.</summary>
    public static float Read(byte* block, int row, int dimension, int width)
    {
        int inGroup = dimension % GroupWidth;
        int bits = block[(dimension / GroupWidth * GroupBytes) + (row * 4) + (inGroup % 4)];
        return (((inGroup < 4 ? bits : bits >> 4) & 15) - 7.5f) * Scales(block, width)[row];
    }

    // Picks the step whose levels point most nearly the way the row does, then the scale under which the row's own product with
    // its code is its squared length: products with near rows are then right on average instead of too small.
    private static float Quantise(ReadOnlySpan<float> projected, Span<float> best)
    {
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude(projected));
        if (!(largest > 0) || !float.IsFinite(largest))
        {
            best.Fill(7);
            return 0;
        }

        Span<float> levels = stackalloc float[projected.Length];
        float bestCosine = float.NegativeInfinity;
        float bestProduct = 1;
        float sum = TensorPrimitives.Sum(projected);
        foreach (float step in Steps)
        {
            // (x / s + 7.5) rounded to 0…15
            TensorPrimitives.Multiply(projected, 7.5f / (largest * step), levels);
            TensorPrimitives.Add(levels, 7.5f, levels);
            TensorPrimitives.Max(levels, 0f, levels);
            TensorPrimitives.Min(levels, 15f, levels);
            TensorPrimitives.Round(levels, levels);
            float product = TensorPrimitives.Dot(projected, levels) - (7.5f * sum);
            float length = TensorPrimitives.SumOfSquares(levels) - (15f * TensorPrimitives.Sum(levels)) + (56.25f * levels.Length);
            float cosine = product / MathF.Sqrt(length);
            if (cosine > bestCosine)
            {
                (bestCosine, bestProduct) = (cosine, product);
                levels.CopyTo(best);
            }
        }

        return TensorPrimitives.SumOfSquares(projected) / bestProduct;
    }
}
