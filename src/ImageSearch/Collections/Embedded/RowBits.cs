namespace ImageSearch.Collections.Embedded;

/// <summary>Sets of rows: bit <c>row % 64</c> of word <c>row / 64</c>.</summary>
internal static class RowBits
{
    public static int WordsOf(int rows) => (rows + 63) / 64;

    public static bool Has(ReadOnlySpan<ulong> bits, long row) => (bits[(int)(row / 64)] >> (int)(row % 64) & 1) != 0;

    public static void Set(Span<ulong> bits, long row) => bits[(int)(row / 64)] |= 1UL << (int)(row % 64);

    public static void Clear(Span<ulong> bits, long row) => bits[(int)(row / 64)] &= ~(1UL << (int)(row % 64));

    public static void SetRange(Span<ulong> bits, int from, int until)
    {
        for (; from < until && from % 64 != 0; from++)
        {
            Set(bits, from);
        }

        if (from < until)
        {
            bits[(from / 64)..(until / 64)].Fill(ulong.MaxValue);
            for (from = until / 64 * 64; from < until; from++)
            {
                Set(bits, from);
            }
        }
    }
}
