using System.Buffers.Binary;
using ImageSearch.Imaging;

namespace ImageSearch.Tests.Vision;

/// <summary>Pictures with words written in them, drawn letter by letter.</summary>
internal static class WrittenPicture
{
    private const int Width = 400;
    private const int Height = 300;
    private const int GlyphWidth = 3;
    private const int GlyphHeight = 5;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<>/. ";

    // Fifteen bits a letter, row by row from the top, three pixels a row.
    private static readonly int[] Glyphs =
    [
        0x2BED, 0x6BAE, 0x3923, 0x6B6E, 0x79A7, 0x79A4, 0x396B, 0x5BED, 0x7497, 0x126A, 0x5BAD, 0x4927, 0x5FED, 0x6B6D, 0x2B6A, 0x6BA4, 0x2B73, 0x6BAD,
        0x388E, 0x7492, 0x5B6F, 0x5B6A, 0x5BFD, 0x5AAD, 0x5A92, 0x72A7, 0x7B6F, 0x2C97, 0x73E7, 0x72CF, 0x5BC9, 0x79CF, 0x79EF, 0x7252, 0x7BEF, 0x7BCF,
        0x1511, 0x4454, 0x1294, 0x0002, 0x0000,
    ];

    /// <summary>A JPEG with <paramref name="words"/> written in it: large, or tiny, rotated or of low contrast where <paramref name="look"/> says so.</summary>
    public static byte[] Jpeg(string words, string look)
    {
        var pixels = new byte[Width * Height];
        Array.Fill(pixels, (byte)250);
        var (scale, ink) = (look == "tiny" ? 1 : 4, (byte)(look == "low contrast" ? 246 : 10));
        var perLine = (Width / (scale * (GlyphWidth + 1))) - 1;
        foreach (var (index, letter) in words.ToUpperInvariant().Index())
        {
            var glyph = Glyphs[Math.Max(0, Letters.IndexOf(letter, StringComparison.Ordinal))];
            Draw(pixels, glyph, (index % perLine) * (GlyphWidth + 1) * scale, ((index / perLine) + 1) * (GlyphHeight + 2) * scale, scale, ink, look == "rotated");
        }

        return ImageFitter.Fit(Bmp(pixels), new FitOptions(), ImageLimits.Default).Bytes.ToArray();
    }

    private static void Draw(byte[] pixels, int glyph, int left, int top, int scale, byte ink, bool isRotated)
    {
        for (var bit = 0; bit < GlyphWidth * GlyphHeight * scale * scale; bit++)
        {
            var (x, y) = (bit % (GlyphWidth * scale), bit / (GlyphWidth * scale));
            if ((glyph >> (14 - ((y / scale * GlyphWidth) + (x / scale))) & 1) == 0)
            {
                continue;
            }

            var (column, row) = isRotated ? (Width - 1 - top - y, left + x) : (left + x, top + y);
            if (column is >= 0 and < Width && row is >= 0 and < Height)
            {
                pixels[(row * Width) + column] = ink;
            }
        }
    }

    private static byte[] Bmp(byte[] grey)
    {
        const int Header = 54;
        var bytes = new byte[Header + (grey.Length * 3)];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), Header);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), -Height);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(28), 24);
        for (var i = 0; i < grey.Length * 3; i++)
        {
            bytes[Header + i] = grey[i / 3];
        }

        return bytes;
    }
}
