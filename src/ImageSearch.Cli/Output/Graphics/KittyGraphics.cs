using System.Globalization;
using System.IO.Compression;
using ImageSearch.Imaging;

namespace ImageSearch.Cli.Output.Graphics;

/// <summary>Draws pictures by the kitty graphics protocol.</summary>
/// <seealso href="https://sw.kovidgoyal.net/kitty/graphics-protocol/"/>
internal static class KittyGraphics
{
    private const int ChunkLength = 4096;

    /// <summary>Draws the picture at the cursor, one pixel for one pixel; the cursor ends behind its last row.</summary>
    public static void Draw(TextWriter writer, ImagePixels pixels)
    {
        var payload = Convert.ToBase64String(Compress(pixels.Rgb.Span));

        // Action T transmits and shows; q=2 asks for no answer, which would land in the next prompt.
        var control = string.Create(CultureInfo.InvariantCulture, $"a=T,q=2,f=24,o=z,s={pixels.Width},v={pixels.Height},");
        for (var start = 0; start < payload.Length; start += ChunkLength)
        {
            var length = Math.Min(ChunkLength, payload.Length - start);
            var hasMore = start + length < payload.Length ? 1 : 0;
            writer.Write($"\e_G{control}m={hasMore};");
            writer.Write(payload.AsSpan(start, length));
            writer.Write("\e\\");
            control = "";
        }
    }

    private static byte[] Compress(ReadOnlySpan<byte> rgb)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            zlib.Write(rgb);
        }

        return compressed.ToArray();
    }
}
