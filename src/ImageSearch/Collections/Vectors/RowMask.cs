using System.Numerics;

namespace ImageSearch.Collections.Vectors;

/// <summary>Reads masks of rows: bit <c>row % 64</c> of word <c>row / 64</c> lets a row through. An empty mask lets every row through, a short one none beyond its end.</summary>
internal static class RowMask
{
    /// <summary>The bits of 64 rows, without those at or beyond <paramref name="rows"/>.</summary>
    public static ulong Word(ReadOnlySpan<ulong> mask, int word, int rows)
    {
        ulong bits = mask.IsEmpty ? ulong.MaxValue : word < mask.Length ? mask[word] : 0;
        int left = rows - (word * 64);
        return left >= 64 ? bits : left <= 0 ? 0 : bits & ((1UL << left) - 1);
    }

    /// <summary>How many of the first <paramref name="rows"/> rows pass.</summary>
    public static int Count(ReadOnlySpan<ulong> mask, int rows)
    {
        if (mask.IsEmpty)
        {
            return rows;
        }

        int words = Math.Min(mask.Length, rows / 64);
        int count = 0;
        foreach (ulong word in mask[..words])
        {
            count += BitOperations.PopCount(word);
        }

        return words == rows / 64 ? count + BitOperations.PopCount(Word(mask, words, rows)) : count;
    }
}
