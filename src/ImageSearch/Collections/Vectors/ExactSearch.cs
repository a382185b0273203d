using System.Numerics;

namespace ImageSearch.Collections.Vectors;

/// <summary>Search by the original vectors of every row that the mask lets through.</summary>
internal static unsafe class ExactSearch
{
    private const int RowsPerWord = 64;

    /// <summary>Offers rows <paramref name="firstRow"/>…<c>Count</c> − 1 that the mask lets through (an empty mask: all).</summary>
    public static void Offer(VectorRows stored, float* query, ReadOnlySpan<ulong> mask, int firstRow, ref NearestRows nearest)
    {
        Span<int> rows = stackalloc int[RowsPerWord];
        Span<float> scores = stackalloc float[RowsPerWord];
        for (int wordStart = firstRow & ~(RowsPerWord - 1); wordStart < stored.Count; wordStart += RowsPerWord)
        {
            ulong word = RowMask.Word(mask, wordStart / RowsPerWord, stored.Count);
            if (wordStart < firstRow)
            {
                word &= ulong.MaxValue << (firstRow - wordStart);
            }

            int count = 0;
            for (; word != 0; word &= word - 1)
            {
                rows[count++] = wordStart + BitOperations.TrailingZeroCount(word);
            }

            Offer(stored, query, rows[..count], scores, ref nearest);
        }
    }

    /// <summary>Offers the rows named.</summary>
    /// <param name="stored">The rows themselves.</param>
    /// <param name="query">Shape [dimension].</param>
    /// <param name="rows">Numbers of rows.</param>
    /// <param name="scores">Working space, at least as long.</param>
    /// <param name="nearest">What has been found.</param>
    public static void Offer(VectorRows stored, float* query, scoped ReadOnlySpan<int> rows, scoped Span<float> scores, ref NearestRows nearest)
    {
        DotProducts.Score(stored, query, rows, scores);
        for (int i = 0; i < rows.Length; i++)
        {
            if (scores[i] >= nearest.Floor)
            {
                nearest.Offer(new VectorHit(rows[i], scores[i]));
            }
        }
    }
}
