using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Collections.Vectors;

/// <summary>Products of matrices whose rows lie one after another.</summary>
internal static unsafe class MatrixProducts
{
    private const int TileRows = 3;
    private const int TileColumns = 4;

    /// <summary>Adds <c>left · rightᵀ</c> to <paramref name="sums"/>.</summary>
    /// <param name="left">Shape [leftRows, length].</param>
    /// <param name="leftRows">Rows of the left matrix.</param>
    /// <param name="right">Shape [rightRows, length].</param>
    /// <param name="rightRows">Rows of the right matrix.</param>
    /// <param name="length">Numbers in a row of either.</param>
    /// <param name="sums">Shape [leftRows, rightRows]; its rows begin <paramref name="stride"/> numbers apart.</param>
    /// <param name="stride">At least <paramref name="rightRows"/>.</param>
    public static void Add(float* left, int leftRows, float* right, int rightRows, int length, float* sums, int stride)
    {
        float* tile = stackalloc float[TileRows * TileColumns];
        for (int column = 0; column < rightRows; column += TileColumns)
        {
            int columns = Math.Min(TileColumns, rightRows - column);
            for (int row = 0; row < leftRows; row += TileRows)
            {
                int rows = Math.Min(TileRows, leftRows - row);
                Tile(left + ((nint)row * length), rows, right + ((nint)column * length), columns, length, tile);
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        sums[((nint)(row + i) * stride) + column + j] += tile[(i * TileColumns) + j];
                    }
                }
            }
        }
    }

    // Twelve sums stay in registers, so each number loaded serves three or four products. At the edges the last row stands in for missing ones.
    private static void Tile(float* left, int rows, float* right, int columns, int length, float* tile)
    {
        float* a0 = left;
        float* a1 = left + ((nint)Math.Min(1, rows - 1) * length);
        float* a2 = left + ((nint)Math.Min(2, rows - 1) * length);
        float* b0 = right;
        float* b1 = right + ((nint)Math.Min(1, columns - 1) * length);
        float* b2 = right + ((nint)Math.Min(2, columns - 1) * length);
        float* b3 = right + ((nint)Math.Min(3, columns - 1) * length);
        Vector256<float> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<float> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector256<float> s20 = default, s21 = default, s22 = default, s23 = default;
        int at = 0;
        for (; at <= length - 8; at += 8)
        {
            var v0 = Vector256.Load(a0 + at);
            var v1 = Vector256.Load(a1 + at);
            var v2 = Vector256.Load(a2 + at);
            var other = Vector256.Load(b0 + at);
            s00 = Vector256.MultiplyAddEstimate(v0, other, s00);
            s10 = Vector256.MultiplyAddEstimate(v1, other, s10);
            s20 = Vector256.MultiplyAddEstimate(v2, other, s20);
            other = Vector256.Load(b1 + at);
            s01 = Vector256.MultiplyAddEstimate(v0, other, s01);
            s11 = Vector256.MultiplyAddEstimate(v1, other, s11);
            s21 = Vector256.MultiplyAddEstimate(v2, other, s21);
            other = Vector256.Load(b2 + at);
            s02 = Vector256.MultiplyAddEstimate(v0, other, s02);
            s12 = Vector256.MultiplyAddEstimate(v1, other, s12);
            s22 = Vector256.MultiplyAddEstimate(v2, other, s22);
            other = Vector256.Load(b3 + at);
            s03 = Vector256.MultiplyAddEstimate(v0, other, s03);
            s13 = Vector256.MultiplyAddEstimate(v1, other, s13);
            s23 = Vector256.MultiplyAddEstimate(v2, other, s23);
        }

        Sums(s00, s01, s02, s03).Store(tile);
        Sums(s10, s11, s12, s13).Store(tile + TileColumns);
        Sums(s20, s21, s22, s23).Store(tile + (2 * TileColumns));
        for (; at < length; at++)
        {
            var others = Vector128.Create(b0[at], b1[at], b2[at], b3[at]);
            (Vector128.Load(tile) + (others * a0[at])).Store(tile);
            (Vector128.Load(tile + TileColumns) + (others * a1[at])).Store(tile + TileColumns);
            (Vector128.Load(tile + (2 * TileColumns)) + (others * a2[at])).Store(tile + (2 * TileColumns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Vector128.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
}
