using System.Numerics;

namespace ImageSearch.Imaging;

/// <summary>
/// A 64-bit hash of what a picture looks like: the signs, against their median, of the 8 x 8 lowest terms of a 32 x 32 cosine
/// transform of its grey values, without the constant row and column. Survives re-encoding, resizing, brightness and light blur;
/// not cropping or mirroring. A picture of one flat colour has the hash 0.
/// </summary>
public static class PerceptualHash
{
    /// <summary>Pictures whose hashes differ in at most this many bits look the same.</summary>
    public const int SameLook = 8;

    private const int Side = 32;
    private const int Terms = 8;

    // Terms smaller than this are rounding, not picture; grey values run from 0 to 255.
    private const float Silence = 0.01f;

    private static readonly float[] Cosines = MakeCosines();

    /// <summary>The hash of <paramref name="pixels"/>.</summary>
    public static ulong Of(ImagePixels pixels)
    {
        var grey = Grey(pixels);
        var rows = new float[Side * Terms];
        for (var y = 0; y < Side; y++)
        {
            for (var term = 0; term < Terms; term++)
            {
                rows[(y * Terms) + term] = Dot(grey.AsSpan(y * Side, Side), 1, term);
            }
        }

        var terms = new float[Terms * Terms];
        for (var vertical = 0; vertical < Terms; vertical++)
        {
            for (var horizontal = 0; horizontal < Terms; horizontal++)
            {
                var term = Dot(rows.AsSpan(horizontal), Terms, vertical) / (Side * Side);
                terms[(vertical * Terms) + horizontal] = Math.Abs(term) < Silence ? 0 : term;
            }
        }

        return Signs(terms);
    }

    /// <summary>The number of bits in which two hashes differ, 0 to 64.</summary>
    public static int Distance(ulong left, ulong right) => BitOperations.PopCount(left ^ right);

    private static ulong Signs(float[] terms)
    {
        var sorted = terms.ToArray();
        Array.Sort(sorted);
        var median = (sorted[(terms.Length / 2) - 1] + sorted[terms.Length / 2]) / 2;
        var hash = 0UL;
        for (var bit = 0; bit < terms.Length; bit++)
        {
            if (terms[bit] > median)
            {
                hash |= 1UL << bit;
            }
        }

        return hash;
    }

    private static float[] Grey(ImagePixels pixels)
    {
        var rgb = pixels.Rgb.Span;
        var grey = new float[Side * Side];
        for (var row = 0; row < Side; row++)
        {
            var (top, bottom) = Span(row, pixels.Height);
            for (var column = 0; column < Side; column++)
            {
                var (left, right) = Span(column, pixels.Width);
                long sum = 0;
                for (var y = top; y < bottom; y++)
                {
                    var end = ((y * pixels.Width) + right) * 3;
                    for (var at = ((y * pixels.Width) + left) * 3; at < end; at += 3)
                    {
                        sum += (299 * rgb[at]) + (587 * rgb[at + 1]) + (114 * rgb[at + 2]);
                    }
                }

                grey[(row * Side) + column] = sum / (1000f * (bottom - top) * (right - left));
            }
        }

        return grey;
    }

    private static (int From, int To) Span(int cell, int length)
    {
        var from = Math.Min(cell * length / Side, length - 1);
        return (from, Math.Max(from + 1, (cell + 1) * length / Side));
    }

    private static float Dot(ReadOnlySpan<float> values, int step, int term)
    {
        var sum = 0f;
        for (var at = 0; at < Side; at++)
        {
            sum += values[at * step] * Cosines[(term * Side) + at];
        }

        return sum;
    }

    private static float[] MakeCosines()
    {
        var cosines = new float[Terms * Side];
        for (var term = 0; term < Terms; term++)
        {
            for (var at = 0; at < Side; at++)
            {
                cosines[(term * Side) + at] = (float)Math.Cos((term + 1) * Math.PI * (at + 0.5) / Side);
            }
        }

        return cosines;
    }
}
