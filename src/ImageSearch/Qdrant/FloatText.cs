using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace ImageSearch.Qdrant;

/// <summary>
/// Numbers of vectors as JSON: eight decimals where that is exact to the last bit that counts (below 10), else the shortest text
/// that reads back the same. Eight decimals are written several times faster, and off by at most 5e-9.
/// </summary>
internal static class FloatText
{
    /// <summary>Most bytes that a number and the comma before it take.</summary>
    private const int Longest = 17;

    private const int Decimals = 8;
    private const float LeastExact = 10;
    private const double Scale = 1e8;

    private static readonly byte[] FourDigits = MakeFourDigits();

    /// <summary>Writes an array of numbers as one value.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void WriteArray(Utf8JsonWriter json, ReadOnlySpan<float> values)
    {
        var rented = ArrayPool<byte>.Shared.Rent((values.Length * Longest) + 2);
        try
        {
            var position = 0;
            rented[position++] = (byte)'[';
            foreach (var value in values)
            {
                if (position > 1)
                {
                    rented[position++] = (byte)',';
                }

                position += Write(value, rented.AsSpan(position));
            }

            rented[position++] = (byte)']';
            json.WriteRawValue(rented.AsSpan(0, position), skipInputValidation: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Write(float value, Span<byte> text)
    {
        var magnitude = MathF.Abs(value);
        if (!(magnitude < LeastExact - 0.001f))
        {
            return WriteShortest(value, text);
        }

        var position = 0;
        if (value < 0)
        {
            text[position++] = (byte)'-';
        }

        var scaled = (uint)((magnitude * Scale) + 0.5);
        var whole = scaled / 100_000_000;
        var high = (scaled - (whole * 100_000_000)) / 10_000;
        var low = scaled % 10_000;
        text[position] = (byte)('0' + whole);
        text[position + 1] = (byte)'.';
        FourDigits.AsSpan((int)high * 4, 4).CopyTo(text[(position + 2)..]);
        FourDigits.AsSpan((int)low * 4, 4).CopyTo(text[(position + 6)..]);
        return position + 2 + Decimals;
    }

    private static int WriteShortest(float value, Span<byte> text) => float.IsFinite(value) && Utf8Formatter.TryFormat(value, text, out var written)
        ? written
        : throw new ArgumentException($"A vector has the number {value}, which JSON cannot carry.");

    private static byte[] MakeFourDigits()
    {
        var digits = new byte[40_000];
        for (var i = 0; i < 10_000; i++)
        {
            digits[i * 4] = (byte)('0' + (i / 1000));
            digits[(i * 4) + 1] = (byte)('0' + (i / 100 % 10));
            digits[(i * 4) + 2] = (byte)('0' + (i / 10 % 10));
            digits[(i * 4) + 3] = (byte)('0' + (i % 10));
        }

        return digits;
    }
}
