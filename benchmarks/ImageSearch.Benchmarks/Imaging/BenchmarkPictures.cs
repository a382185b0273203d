using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Benchmarks.Imaging;

/// <summary>
/// Makes JPEGs of 12 megapixels from small photographs, because no folder of the corpora holds any: a mosaic of sixteen, each
/// enlarged twice, with noise in every pixel so that the decoder has as much to do as with a camera's file.
/// </summary>
internal static class BenchmarkPictures
{
    private const int Pictures = 6;
    private const int Columns = 4;
    private const int TileWidth = 1000;
    private const int TileHeight = 750;
    private const int Width = Columns * TileWidth;
    private const int Height = Columns * TileHeight;
    private const int Noise = 5;

    internal static void Write(string photos, string folder)
    {
        var files = Directory.EnumerateFiles(photos, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Take(Pictures * Columns * Columns).ToArray();
        for (var picture = 0; picture < Pictures; picture++)
        {
            var rgb = new byte[Width * Height * 3];
            var random = new Random(picture);
            for (var tile = 0; tile < Columns * Columns; tile++)
            {
                var photo = ImageDecoder.Decode(
                    File.ReadAllBytes(files[((picture * Columns * Columns) + tile) % files.Length]), TileWidth / 2, ImageLimits.Default);
                Paste(photo, rgb, tile % Columns * TileWidth, tile / Columns * TileHeight, random);
            }

            using var image = VipsImage.FromPixels(new ImagePixels(Width, Height, rgb));
            using var save = new VipsOperation("jpegsave_buffer");
            save.SetImage("in", image);
            save.Set("Q=92,optimize_coding=true");
            File.WriteAllBytes(Path.Combine(folder, $"mosaic-{picture}.jpg"), save.RunToBytes());
        }
    }

    private static void Paste(ImagePixels photo, byte[] rgb, int left, int top, Random random)
    {
        var source = photo.Rgb.Span;
        for (var y = 0; y < TileHeight; y++)
        {
            for (var x = 0; x < TileWidth; x++)
            {
                var from = (((y * photo.Height / TileHeight) * photo.Width) + (x * photo.Width / TileWidth)) * 3;
                var to = (((top + y) * Width) + left + x) * 3;
                for (var channel = 0; channel < 3; channel++)
                {
                    rgb[to + channel] = (byte)Math.Clamp(source[from + channel] + random.Next(-Noise, Noise + 1), 0, 255);
                }
            }
        }
    }
}
