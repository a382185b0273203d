using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// Sums of nibble times query byte for the 64 rows of a block: the inner loop of the scan. Each kernel reads the block once
/// and gives the same integers.
/// </summary>
internal static unsafe class BlockSums
{
    // Products of a nibble (at most 15) and a query byte (at most 127 in magnitude) are added in 16 bits; one group adds four to a
    // lane of the paired kernels and two to a lane of the other, so these many groups stay within ±32,767.
    private const int PairedGroups = 4;
    private const int SingleGroups = 8;

    /// <summary>Adds up a block.</summary>
    /// <param name="block">A <see cref="CodeBlock"/>.</param>
    /// <param name="query">Shape [width], −127…127.</param>
    /// <param name="width">Dimensions, a multiple of <see cref="CodeBlock.WidthStep"/>.</param>
    /// <param name="next">The block that will be read after this one, fetched meanwhile; any address is allowed.</param>
    /// <param name="sums">Shape [64].</param>
    public static void Of(byte* block, sbyte* query, int width, byte* next, int* sums)
    {
        if (Avx512BW.IsSupported)
        {
            Avx512(block, query, width, next, sums);
        }
        else if (Avx2.IsSupported)
        {
            Avx256(block, query, width, next, sums);
        }
        else
        {
            Portable(block, query, width, next, sums);
        }
    }

    /// <inheritdoc cref="Of"/>
    public static void Avx512(byte* block, sbyte* query, int width, byte* next, int* sums)
    {
        var nibble = Vector512.Create((byte)15);
        var ones = Vector512<short>.One;
        Vector512<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int group = 0; group < width / CodeBlock.GroupWidth;)
        {
            Vector512<short> part0 = default, part1 = default, part2 = default, part3 = default;
            for (int end = group + PairedGroups; group < end; group++)
            {
                byte* codes = block + (group * CodeBlock.GroupBytes);
                byte* ahead = next + (group * CodeBlock.GroupBytes);
                Sse.Prefetch1(ahead);
                Sse.Prefetch1(ahead + 64);
                Sse.Prefetch1(ahead + 128);
                Sse.Prefetch1(ahead + 192);
                var low = Vector512.Create(((int*)query)[2 * group]).AsSByte();
                var high = Vector512.Create(((int*)query)[(2 * group) + 1]).AsSByte();
                part0 += Products(Vector512.Load(codes), nibble, low, high);
                part1 += Products(Vector512.Load(codes + 64), nibble, low, high);
                part2 += Products(Vector512.Load(codes + 128), nibble, low, high);
                part3 += Products(Vector512.Load(codes + 192), nibble, low, high);
            }

            sum0 += Avx512BW.MultiplyAddAdjacent(part0, ones);
            sum1 += Avx512BW.MultiplyAddAdjacent(part1, ones);
            sum2 += Avx512BW.MultiplyAddAdjacent(part2, ones);
            sum3 += Avx512BW.MultiplyAddAdjacent(part3, ones);
        }

        sum0.Store(sums);
        sum1.Store(sums + 16);
        sum2.Store(sums + 32);
        sum3.Store(sums + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Products(Vector512<byte> codes, Vector512<byte> nibble, Vector512<sbyte> low, Vector512<sbyte> high) =>
        Avx512BW.MultiplyAddAdjacent(codes & nibble, low)
        + Avx512BW.MultiplyAddAdjacent((codes.AsUInt16() >>> 4).AsByte() & nibble, high);

    /// <inheritdoc cref="Of"/>
    public static void Avx256(byte* block, sbyte* query, int width, byte* next, int* sums)
    {
        var nibble = Vector256.Create((byte)15);
        var ones = Vector256<short>.One;
        for (int half = 0; half < CodeBlock.GroupBytes; half += CodeBlock.GroupBytes / 2)
        {
            Vector256<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int group = 0; group < width / CodeBlock.GroupWidth;)
            {
                Vector256<short> part0 = default, part1 = default, part2 = default, part3 = default;
                for (int end = group + PairedGroups; group < end; group++)
                {
                    byte* codes = block + (group * CodeBlock.GroupBytes) + half;
                    byte* ahead = next + (group * CodeBlock.GroupBytes) + half;
                    Sse.Prefetch1(ahead);
                    Sse.Prefetch1(ahead + 64);
                    var low = Vector256.Create(((int*)query)[2 * group]).AsSByte();
                    var high = Vector256.Create(((int*)query)[(2 * group) + 1]).AsSByte();
                    part0 += Products(Vector256.Load(codes), nibble, low, high);
                    part1 += Products(Vector256.Load(codes + 32), nibble, low, high);
                    part2 += Products(Vector256.Load(codes + 64), nibble, low, high);
                    part3 += Products(Vector256.Load(codes + 96), nibble, low, high);
                }

                sum0 += Avx2.MultiplyAddAdjacent(part0, ones);
                sum1 += Avx2.MultiplyAddAdjacent(part1, ones);
                sum2 += Avx2.MultiplyAddAdjacent(part2, ones);
                sum3 += Avx2.MultiplyAddAdjacent(part3, ones);
            }

            int* rows = sums + (half / 4);
            sum0.Store(rows);
            sum1.Store(rows + 8);
            sum2.Store(rows + 16);
            sum3.Store(rows + 24);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Products(Vector256<byte> codes, Vector256<byte> nibble, Vector256<sbyte> low, Vector256<sbyte> high) =>
        Avx2.MultiplyAddAdjacent(codes & nibble, low)
        + Avx2.MultiplyAddAdjacent((codes.AsUInt16() >>> 4).AsByte() & nibble, high);

    /// <inheritdoc cref="Of"/>
    public static void Portable(byte* block, sbyte* query, int width, byte* next, int* sums)
    {
        int groups = width / CodeBlock.GroupWidth;
        for (int rows = 0; rows < CodeBlock.Rows; rows += 4)
        {
            Vector128<int> sum = default;
            for (int group = 0; group < groups;)
            {
                Vector128<short> firstTwo = default, lastTwo = default;
                for (int end = Math.Min(groups, group + SingleGroups); group < end; group++)
                {
                    var codes = Vector128.Load(block + (group * CodeBlock.GroupBytes) + (rows * 4));
                    Vector128<byte> lowNibbles = codes & Vector128.Create((byte)15);
                    Vector128<byte> highNibbles = codes >>> 4;
                    Vector128<short> low = Vector128.WidenLower(Vector128.Create(((int*)query)[2 * group]).AsSByte());
                    Vector128<short> high = Vector128.WidenLower(Vector128.Create(((int*)query)[(2 * group) + 1]).AsSByte());
                    firstTwo += (Vector128.WidenLower(lowNibbles).AsInt16() * low) + (Vector128.WidenLower(highNibbles).AsInt16() * high);
                    lastTwo += (Vector128.WidenUpper(lowNibbles).AsInt16() * low) + (Vector128.WidenUpper(highNibbles).AsInt16() * high);
                }

                sum += Vector128.Create(SumOfHalf(firstTwo, 0), SumOfHalf(firstTwo, 1), SumOfHalf(lastTwo, 0), SumOfHalf(lastTwo, 1));
            }

            sum.Store(sums + rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SumOfHalf(Vector128<short> lanes, int half) =>
        Vector128.Sum(half == 0 ? Vector128.WidenLower(lanes) : Vector128.WidenUpper(lanes));
}
