using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Collections.Vectors;

/// <summary>Scores every coded row approximately.</summary>
internal static unsafe class BlockScan
{
    // Several places of a large array are read in turn, each fetched a round ahead: one stream leaves the memory half idle.
    private const int Stripes = 4;

    /// <summary>Scores the first blocks.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="blockCount">Blocks to score.</param>
    /// <param name="query">The query inside the subspace.</param>
    /// <param name="mask">The rows that may be found; see <see cref="RowMask"/>.</param>
    /// <param name="scores">Shape [64 · blockCount]: the scores; negative infinity where the mask stops a row. Blocks that it stops whole are left as they are.</param>
    /// <param name="highest">Shape [blockCount]: the highest score of each block; negative infinity where the mask stops it whole.</param>
    public static void Score(CodedRows codes, int blockCount, in CodedQuery query, ReadOnlySpan<ulong> mask, float* scores, float* highest)
    {
        int perStripe = blockCount / Stripes;
        for (int i = 0; i < perStripe; i++)
        {
            for (int stripe = 0; stripe < Stripes; stripe++)
            {
                int block = (stripe * perStripe) + i;
                ScoreBlock(codes, block, Math.Min(block + 1, blockCount - 1), query, mask, scores, highest);
            }
        }

        for (int block = perStripe * Stripes; block < blockCount; block++)
        {
            ScoreBlock(codes, block, Math.Min(block + 1, blockCount - 1), query, mask, scores, highest);
        }
    }

    private static void ScoreBlock(CodedRows codes, int number, int next, in CodedQuery query, ReadOnlySpan<ulong> mask, float* scores, float* highest)
    {
        ulong word = mask.IsEmpty ? ulong.MaxValue : number < mask.Length ? mask[number] : 0;
        if (word == 0)
        {
            highest[number] = float.NegativeInfinity;
            return;
        }

        int* sums = stackalloc int[CodeBlock.Rows];
        byte* block = codes.Block(number);
        BlockSums.Of(block, query.Levels, query.Width, codes.Block(next), sums);
        highest[number] = Finish(sums, CodeBlock.Scales(block, query.Width), query, word, scores + ((nint)number * CodeBlock.Rows));
    }

    // score = base + scale of the row · step of the query · (sum of nibble · level − 7.5 · sum of levels)
    private static float Finish(int* sums, float* scales, in CodedQuery query, ulong word, float* scores)
    {
        var highest = Vector256.Create(float.NegativeInfinity);
        var shift = Vector256.Create(query.Shift);
        var step = Vector256.Create(query.Step);
        var origin = Vector256.Create(query.Origin);
        var bits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        for (int row = 0; row < CodeBlock.Rows; row += 8, word >>= 8)
        {
            Vector256<float> sum = Vector256.ConvertToSingle(Vector256.Load(sums + row)) - shift;
            Vector256<float> score = Vector256.MultiplyAddEstimate(sum * step, Vector256.Load(scales + row), origin);
            if ((byte)word != byte.MaxValue)
            {
                Vector256<int> passes = Vector256.Equals(Vector256.Create((int)(byte)word) & bits, bits);
                score = Vector256.ConditionalSelect(passes.AsSingle(), score, Vector256.Create(float.NegativeInfinity));
            }

            score.Store(scores + row);
            highest = Vector256.Max(highest, score);
        }

        return Highest(highest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Highest(Vector256<float> lanes)
    {
        Vector128<float> four = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(four[0], four[1]);
    }
}
