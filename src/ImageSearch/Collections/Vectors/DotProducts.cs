using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.Collections.Vectors;

/// <summary>Exact dot products. Four rows are read side by side: four streams get more out of the memory than one.</summary>
internal static unsafe class DotProducts
{
    /// <summary>The product of two arrays of <paramref name="dimension"/> numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Of(float* query, float* row, int dimension)
    {
        var first = Vector256<float>.Zero;
        var second = Vector256<float>.Zero;
        int at = 0;
        for (; at <= dimension - 16; at += 16)
        {
            first = Vector256.MultiplyAddEstimate(Vector256.Load(query + at), Vector256.Load(row + at), first);
            second = Vector256.MultiplyAddEstimate(Vector256.Load(query + at + 8), Vector256.Load(row + at + 8), second);
        }

        return Vector256.Sum(first + second) + Rest(query, row, at, dimension);
    }

    /// <summary>The products of one array with four.</summary>
    /// <param name="query">Shape [dimension].</param>
    /// <param name="rows">The four.</param>
    /// <param name="next">Four that will be read after these, fetched meanwhile, for rows that lie apart are found late by the hardware; any addresses are allowed.</param>
    /// <param name="dimension">Numbers in a row.</param>
    /// <param name="products">Shape [4].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfFour(float* query, in FourRows rows, in FourRows next, int dimension, float* products)
    {
        float* row0 = rows.First, row1 = rows.Second, row2 = rows.Third, row3 = rows.Fourth;
        float* next0 = next.First, next1 = next.Second, next2 = next.Third, next3 = next.Fourth;
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        var sum2 = Vector256<float>.Zero;
        var sum3 = Vector256<float>.Zero;
        var more0 = Vector256<float>.Zero;
        var more1 = Vector256<float>.Zero;
        var more2 = Vector256<float>.Zero;
        var more3 = Vector256<float>.Zero;
        int at = 0;
        for (; at <= dimension - 16; at += 16)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch1(next0 + at);
                Sse.Prefetch1(next1 + at);
                Sse.Prefetch1(next2 + at);
                Sse.Prefetch1(next3 + at);
            }

            var low = Vector256.Load(query + at);
            var high = Vector256.Load(query + at + 8);
            sum0 = Vector256.MultiplyAddEstimate(low, Vector256.Load(row0 + at), sum0);
            sum1 = Vector256.MultiplyAddEstimate(low, Vector256.Load(row1 + at), sum1);
            sum2 = Vector256.MultiplyAddEstimate(low, Vector256.Load(row2 + at), sum2);
            sum3 = Vector256.MultiplyAddEstimate(low, Vector256.Load(row3 + at), sum3);
            more0 = Vector256.MultiplyAddEstimate(high, Vector256.Load(row0 + at + 8), more0);
            more1 = Vector256.MultiplyAddEstimate(high, Vector256.Load(row1 + at + 8), more1);
            more2 = Vector256.MultiplyAddEstimate(high, Vector256.Load(row2 + at + 8), more2);
            more3 = Vector256.MultiplyAddEstimate(high, Vector256.Load(row3 + at + 8), more3);
        }

        products[0] = Vector256.Sum(sum0 + more0) + Rest(query, row0, at, dimension);
        products[1] = Vector256.Sum(sum1 + more1) + Rest(query, row1, at, dimension);
        products[2] = Vector256.Sum(sum2 + more2) + Rest(query, row2, at, dimension);
        products[3] = Vector256.Sum(sum3 + more3) + Rest(query, row3, at, dimension);
    }

    /// <summary>The products of the query with the rows named, shape [rows.Length].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Score(VectorRows stored, float* query, ReadOnlySpan<int> rows, Span<float> products)
    {
        int dimension = stored.Dimension;
        float* four = stackalloc float[4];
        int at = 0;
        FourRows here = rows.Length < 4 ? default : Four(stored, rows);
        for (; at <= rows.Length - 4; at += 4)
        {
            FourRows next = at <= rows.Length - 8 ? Four(stored, rows[(at + 4)..]) : here;
            OfFour(query, here, next, dimension, four);
            new ReadOnlySpan<float>(four, 4).CopyTo(products[at..]);
            here = next;
        }

        for (; at < rows.Length; at++)
        {
            products[at] = Of(query, stored.Row(rows[at]), dimension);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourRows Four(VectorRows stored, ReadOnlySpan<int> rows) =>
        new(stored.Row(rows[0]), stored.Row(rows[1]), stored.Row(rows[2]), stored.Row(rows[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Rest(float* query, float* row, int from, int dimension)
    {
        float sum = 0;
        for (int at = from; at < dimension; at++)
        {
            sum += query[at] * row[at];
        }

        return sum;
    }
}
