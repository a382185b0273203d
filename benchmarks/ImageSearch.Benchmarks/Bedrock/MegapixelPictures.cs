using System.Buffers.Binary;
using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>
/// Makes JPEGs of one megapixel, and as many different files of them as are asked for. Each shows four photographs, two above two, at their
/// own resolution: enlarged photographs, or noise, would be cheaper or dearer to decode than what cameras and telephones give.
/// </summary>
internal static class MegapixelPictures
{
    private const int Pictures = 40;
    private const int Quarters = 4;
    private const int QuarterWidth = 608;
    private const int QuarterHeight = 416;
    private const int FilesInFolder = 500;

    /// <summary>Writes the files and returns their mean size in bytes.</summary>
    internal static double Write(string photos, string folder, int count)
    {
        _ = ImageLibrary.Version;
        var quarters = Directory.EnumerateFiles(photos, "*.jpg").Order(StringComparer.Ordinal)
            .Select(file => ImageDecoder.Decode(File.ReadAllBytes(file), int.MaxValue, ImageLimits.Default))
            .Where(photo => photo.Width >= QuarterWidth && photo.Height >= QuarterHeight)
            .ToArray();
        var pictures = Enumerable.Range(0, Pictures)
            .Select(at => Join([.. Enumerable.Range(0, Quarters).Select(quarter => quarters[((at * Quarters) + quarter + (at / Quarters)) % quarters.Length])]))
            .ToArray();
        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(folder, $"{i / FilesInFolder:D3}", $"{i:D6}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var number = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(number, i);
            File.WriteAllBytes(path, WithComment(pictures[i % pictures.Length], number));
        }

        return pictures.Average(picture => picture.Length);
    }

    /// <summary>The same picture as another file: a comment goes behind the JPEG's first marker.</summary>
    internal static byte[] WithComment(byte[] jpeg, byte[] comment)
    {
        var head = new byte[6];
        jpeg.AsSpan(0, 2).CopyTo(head);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), 0xFFFE);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), (ushort)(comment.Length + 2));
        return [.. head, .. comment, .. jpeg.AsSpan(2)];
    }

    private static byte[] Join(ImagePixels[] quarters)
    {
        const int RowBytes = QuarterWidth * 3;
        var rgb = new byte[Quarters * QuarterHeight * RowBytes];
        for (var row = 0; row < 2 * QuarterHeight; row++)
        {
            for (var column = 0; column < 2; column++)
            {
                var photo = quarters[(row / QuarterHeight * 2) + column];
                photo.Rgb.Span.Slice(row % QuarterHeight * photo.Width * 3, RowBytes).CopyTo(rgb.AsSpan(((row * 2) + column) * RowBytes));
            }
        }

        using var image = VipsImage.FromPixels(new ImagePixels(2 * QuarterWidth, 2 * QuarterHeight, rgb));
        using var save = new VipsOperation("jpegsave_buffer");
        save.SetImage("in", image);
        save.Set("Q=85");
        return save.RunToBytes();
    }
}
