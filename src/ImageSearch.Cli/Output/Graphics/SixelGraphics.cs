using System.Globalization;
using System.Text;
using ImageSearch.Imaging;

namespace ImageSearch.Cli.Output.Graphics;

/// <summary>Draws pictures by sixels: bands six pixels high, in a fixed palette of 216 colours, dithered.</summary>
/// <seealso href="https://vt100.net/docs/vt3xx-gp/chapter14.html"/>
internal static class SixelGraphics
{
    private const int BandHeight = 6;
    private const int Levels = 6;
    private const int Colours = Levels * Levels * Levels;

    // Bayer's matrix: thresholds in sixteenths.
    private static readonly int[] Thresholds = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

    /// <summary>Draws the picture at the cursor, one pixel for one pixel; the cursor ends below it.</summary>
    public static void Draw(TextWriter writer, ImagePixels pixels)
    {
        var indexes = Quantise(pixels);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"\eP0;1;0q\"1;1;{pixels.Width};{pixels.Height}"));
        for (var colour = 0; colour < Colours; colour++)
        {
            var (red, green, blue) = (colour / (Levels * Levels), colour / Levels % Levels, colour % Levels);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"#{colour};2;{red * 20};{green * 20};{blue * 20}"));
        }

        for (var top = 0; top < pixels.Height; top += BandHeight)
        {
            WriteBand(writer, indexes, pixels.Width, top, Math.Min(BandHeight, pixels.Height - top));
        }

        writer.Write("\e\\");
    }

    private static byte[] Quantise(ImagePixels pixels)
    {
        var rgb = pixels.Rgb.Span;
        var indexes = new byte[pixels.Width * pixels.Height];
        for (var i = 0; i < indexes.Length; i++)
        {
            var (x, y) = (i % pixels.Width, i / pixels.Width);
            var threshold = Thresholds[(y % 4 * 4) + (x % 4)];
            indexes[i] = (byte)((((Level(rgb[3 * i], threshold) * Levels) + Level(rgb[(3 * i) + 1], threshold)) * Levels) + Level(rgb[(3 * i) + 2], threshold));
        }

        return indexes;
    }

    // The levels lie 51 apart; the threshold decides for which share of the pixels in between the upper one is taken.
    private static int Level(int channel, int threshold) => Math.Min(Levels - 1, ((channel * 16) + (threshold * 51)) / (51 * 16));

    private static void WriteBand(TextWriter writer, byte[] indexes, int width, int top, int height)
    {
        var rows = new Dictionary<byte, byte[]>();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var colour = indexes[((top + y) * width) + x];
                if (!rows.TryGetValue(colour, out var columns))
                {
                    rows[colour] = columns = new byte[width];
                }

                columns[x] |= (byte)(1 << y);
            }
        }

        foreach (var (colour, columns) in rows)
        {
            writer.Write($"#{colour}{RunLengths(columns)}$");
        }

        writer.Write('-');
    }

    private static string RunLengths(byte[] columns)
    {
        var text = new StringBuilder();
        for (var start = 0; start < columns.Length;)
        {
            var end = start + 1;
            while (end < columns.Length && columns[end] == columns[start])
            {
                end++;
            }

            var sixel = (char)('?' + columns[start]);
            _ = end - start > 3 ? text.Append(CultureInfo.InvariantCulture, $"!{end - start}{sixel}") : text.Append(sixel, end - start);
            start = end;
        }

        return text.ToString();
    }
}
