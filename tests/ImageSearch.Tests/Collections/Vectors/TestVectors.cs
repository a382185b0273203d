namespace ImageSearch.Tests.Collections.Vectors;

/// <summary>Vectors for tests: seeded, unit length.</summary>
internal static class TestVectors
{
    public static float[] Random(int seed, int count, int dimension)
    {
        var random = new Random(seed);
        var vectors = new float[count * dimension];
        for (int row = 0; row < count; row++)
        {
            Span<float> vector = vectors.AsSpan(row * dimension, dimension);
            float length = 0;
            foreach (ref float number in vector)
            {
                number = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble()) - 2);
                length += number * number;
            }

            length = MathF.Sqrt(length);
            foreach (ref float number in vector)
            {
                number /= length;
            }
        }

        return vectors;
    }

    public static double Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += (double)one[i] * other[i];
        }

        return sum;
    }

    /// <summary>The rows nearest to the query among those the mask lets through, by a plain loop.</summary>
    public static int[] Nearest(ReadOnlySpan<float> query, float[] rows, ulong[] mask, int limit)
    {
        int dimension = query.Length;
        var scored = new List<(double Score, int Row)>();
        for (int row = 0; row < rows.Length / dimension; row++)
        {
            if (mask.Length == 0 || (row / 64 < mask.Length && (mask[row / 64] >> (row % 64) & 1) == 1))
            {
                scored.Add((Dot(query, rows.AsSpan(row * dimension, dimension)), row));
            }
        }

        return [.. scored.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Row).Take(limit).Select(hit => hit.Row)];
    }

    /// <summary>A mask that lets each row through with the given probability.</summary>
    public static ulong[] Mask(int seed, int rows, double share)
    {
        var random = new Random(seed);
        var mask = new ulong[(rows + 63) / 64];
        for (int row = 0; row < rows; row++)
        {
            mask[row / 64] |= random.NextDouble() < share ? 1UL << (row % 64) : 0;
        }

        return mask;
    }
}
