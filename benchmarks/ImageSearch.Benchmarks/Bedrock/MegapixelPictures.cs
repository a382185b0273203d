using System.Buffers.Binary;
using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>Makes JPEGs of one megapixel from small photographs, each enlarged, with noise in every pixel; and as many different files of them as are asked for.</summary>
internal static class MegapixelPictures
{
    private const int Pictures = 40;
    private const int Width = 1152;
    private const int Height = 868;
    private const int Noise = 3;
    private const int FilesInFolder = 500;

    /// <summary>Writes the files and returns their mean size in bytes.</summary>
    internal static double Write(string photos, string folder, int count)
    {
        _ = ImageLibrary.Version;
        var pictures = Directory.EnumerateFiles(photos, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Take(Pictures).Select((file, at) => Enlarge(File.ReadAllBytes(file), new Random(at))).ToArray();
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

    private static byte[] Enlarge(byte[] bytes, Random random)
    {
        var photo = ImageDecoder.Decode(bytes, Width / 2, ImageLimits.Default);
        var source = photo.Rgb.Span;
        var rgb = new byte[Width * Height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (x, y) = (i / 3 % Width, i / 3 / Width);
            var from = (((y * photo.Height / Height) * photo.Width) + (x * photo.Width / Width)) * 3;
            rgb[i] = (byte)Math.Clamp(source[from + (i % 3)] + random.Next(-Noise, Noise + 1), 0, 255);
        }

        using var image = VipsImage.FromPixels(new ImagePixels(Width, Height, rgb));
        using var save = new VipsOperation("jpegsave_buffer");
        save.SetImage("in", image);
        save.Set("Q=85");
        return save.RunToBytes();
    }
}
