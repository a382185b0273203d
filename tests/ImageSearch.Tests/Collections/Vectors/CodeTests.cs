using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Collections.Vectors;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

public sealed unsafe class CodeTests
{
    private delegate void Kernel(byte* block, sbyte* query, int width, byte* next, int* sums);

    [Theory]
    [InlineData(32)]
    [InlineData(192)]
    [InlineData(256)]
    public void Every_kernel_adds_up_what_a_plain_loop_adds_up(int width)
    {
        var random = new Random(1);
        var block = new byte[CodeBlock.Bytes(width)];
        random.NextBytes(block);
        var query = new sbyte[width];

        foreach (int extreme in new[] { 0, 127, -127 })
        {
            for (int at = 0; at < width; at++)
            {
                query[at] = (sbyte)(extreme != 0 ? extreme : random.Next(-127, 128));
            }

            if (extreme != 0)
            {
                Array.Fill(block, byte.MaxValue);
            }

            int[] expected = PlainSums(block, query);
            Assert.Equal(expected, Sums(BlockSums.Of, block, query));
            Assert.Equal(expected, Sums(BlockSums.Portable, block, query));
            if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            {
                Assert.Equal(expected, Sums(BlockSums.Avx256, block, query));
            }

            if (System.Runtime.Intrinsics.X86.Avx512BW.IsSupported)
            {
                Assert.Equal(expected, Sums(BlockSums.Avx512, block, query));
            }
        }
    }

    [Fact]
    public void Codes_point_the_way_their_row_does()
    {
        float[] rows = TestVectors.Random(1, 64, 192);
        var block = new byte[CodeBlock.Bytes(192)];
        fixed (byte* bytes = block)
        {
            for (int row = 0; row < 64; row++)
            {
                CodeBlock.Write(bytes, row, rows.AsSpan(row * 192, 192));
            }

            for (int row = 0; row < 64; row++)
            {
                var read = new float[192];
                for (int at = 0; at < 192; at++)
                {
                    read[at] = CodeBlock.Read(bytes, row, at, 192);
                }

                ReadOnlySpan<float> original = rows.AsSpan(row * 192, 192);
                Assert.Equal(TestVectors.Dot(original, original), TestVectors.Dot(original, read), 1e-4);
                Assert.InRange(TestVectors.Dot(original, read) / Math.Sqrt(TestVectors.Dot(read, read) * TestVectors.Dot(original, original)), 0.99, 1.0001);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 9, 3)]
    [InlineData(64, 31, 100)]
    public void Products_of_matrices_are_those_of_a_plain_loop(int leftRows, int rightRows, int length)
    {
        float[] left = TestVectors.Random(1, leftRows, length);
        float[] right = TestVectors.Random(2, rightRows, length);
        var sums = new float[leftRows * rightRows];
        Array.Fill(sums, 1);

        fixed (float* a = left, b = right, c = sums)
        {
            MatrixProducts.Add(a, leftRows, b, rightRows, length, c, rightRows);
        }

        for (int i = 0; i < leftRows; i++)
        {
            for (int j = 0; j < rightRows; j++)
            {
                Assert.Equal(1 + TestVectors.Dot(left.AsSpan(i * length, length), right.AsSpan(j * length, length)), sums[(i * rightRows) + j], 1e-4);
            }
        }
    }

    [Fact]
    public void The_nearest_are_what_sorting_finds() => Prop.ForAll<int[], byte>((scores, limit) =>
    {
        VectorHit[] all = [.. scores.Select((score, row) => new VectorHit(row, score % 10))];
        var kept = new VectorHit[limit];
        var nearest = new NearestRows(kept);
        foreach (VectorHit hit in all)
        {
            nearest.Offer(hit);
        }

        int count = nearest.Order();
        return kept[..count].SequenceEqual(all.Order().Take(limit));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_number_at_a_rank_is_what_sorting_finds() => Prop.ForAll<NonEmptyArray<int>>(numbers =>
    {
        float[] sorted = [.. numbers.Get.Select(number => (float)(number % 8)).OrderDescending()];
        return Enumerable.Range(1, sorted.Length).All(rank =>
            Selection.Largest([.. numbers.Get.Select(number => (float)(number % 8))], rank) == sorted[rank - 1]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_checksum_changes_with_every_byte() => Prop.ForAll<NonEmptyArray<byte>, PositiveInt, byte>((bytes, at, change) =>
    {
        byte[] changed = [.. bytes.Get];
        changed[at.Get % changed.Length] ^= change;
        return (Checksum.Of(changed) == Checksum.Of(bytes.Get)) == (change == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_of_codes_reads_back_as_written_and_not_at_all_when_changed()
    {
        var header = new CodeHeader(1024, 256, 1, 2, 0.5f, 3, 4, 0.25f, 5);
        var bytes = new byte[CodeHeader.Size];
        header.Write(bytes);
        Assert.Equal(header, CodeHeader.Read(bytes));

        for (int at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 4;
            Assert.Null(CodeHeader.Read(bytes));
            bytes[at] ^= 4;
        }
    }

    private static int[] PlainSums(byte[] block, sbyte[] query)
    {
        var sums = new int[64];
        for (int row = 0; row < 64; row++)
        {
            for (int at = 0; at < query.Length; at++)
            {
                int bits = block[(at / 8 * 256) + (row * 4) + (at % 4)];
                sums[row] += (at % 8 < 4 ? bits & 15 : bits >> 4) * query[at];
            }
        }

        return sums;
    }

    private static int[] Sums(Kernel kernel, byte[] block, sbyte[] query)
    {
        var sums = new int[64];
        fixed (byte* codes = block)
        {
            fixed (sbyte* levels = query)
            {
                fixed (int* results = sums)
                {
                    kernel(codes, levels, query.Length, codes, results);
                }
            }
        }

        return sums;
    }
}
