using System.Buffers.Binary;
using System.IO.Compression;
using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Tests.Imaging;

/// <summary>Pictures made for tests, encoded by libvips.</summary>
internal static class SamplePictures
{
    /// <summary>Four quarters: red, green above blue, white; every turn and mirror of it looks different.</summary>
    internal static ImagePixels Quarters(int width, int height) => Pixels(width, height, (x, y) =>
        (x * 2 < width, y * 2 < height) switch
        {
            (true, true) => (220, 20, 20),
            (false, true) => (20, 160, 20),
            (true, false) => (20, 20, 220),
            (false, false) => (255, 255, 255),
        });

    /// <summary>Rectangles of random colours over each other, with some noise, seeded.</summary>
    internal static ImagePixels Scene(int width, int height, int seed)
    {
        const int Rectangles = 40;
        var random = new Random(seed);
        var rectangles = Enumerable.Range(0, Rectangles).Select(_ => (
            Left: random.NextDouble() * 0.9, Top: random.NextDouble() * 0.9, Side: 0.1 + (random.NextDouble() * 0.4),
            Red: random.Next(20, 236), Green: random.Next(20, 236), Blue: random.Next(20, 236))).ToArray();
        var rgb = new byte[width * height * 3];
        foreach (var rectangle in rectangles)
        {
            var (left, right) = ((int)(rectangle.Left * width), (int)Math.Min(width, (rectangle.Left + rectangle.Side) * width));
            for (var y = (int)(rectangle.Top * height); y < Math.Min(height, (rectangle.Top + rectangle.Side) * height); y++)
            {
                for (var at = ((y * width) + left) * 3; at < ((y * width) + right) * 3; at += 3)
                {
                    (rgb[at], rgb[at + 1], rgb[at + 2]) = ((byte)rectangle.Red, (byte)rectangle.Green, (byte)rectangle.Blue);
                }
            }
        }

        for (var at = 0; at < rgb.Length; at++)
        {
            rgb[at] += (byte)random.Next(20);
        }

        return new ImagePixels(width, height, rgb);
    }

    internal static ImagePixels Flat(int width, int height, byte red, byte green, byte blue) =>
        Pixels(width, height, (_, _) => (red, green, blue));

    internal static byte[] Encode(ImagePixels pixels, ImageFormat format, string arguments = "")
    {
        LibvipsLoader.EnsureStarted();
        using var image = VipsImage.FromPixels(pixels);
        return Save(image, format, arguments);
    }

    internal static byte[] Save(VipsImage image, ImageFormat format, string arguments = "")
    {
        using var operation = new VipsOperation(format switch
        {
            ImageFormat.Jpeg => "jpegsave_buffer",
            ImageFormat.Png => "pngsave_buffer",
            ImageFormat.Gif => "gifsave_buffer",
            ImageFormat.Webp => "webpsave_buffer",
            ImageFormat.Tiff => "tiffsave_buffer",
            ImageFormat.Heic or ImageFormat.Avif => "heifsave_buffer",
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        });
        operation.SetImage("in", image);
        operation.Set(format == ImageFormat.Avif ? "compression=av1" : arguments);
        return operation.RunToBytes();
    }

    /// <summary>The JPEG with an APP1 segment right behind its start.</summary>
    internal static byte[] WithExif(byte[] jpeg, byte[] exif) => WithSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. exif]);

    internal static byte[] WithXmp(byte[] jpeg, string xmp) =>
        WithSegment(jpeg, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. System.Text.Encoding.UTF8.GetBytes(xmp)]);

    internal static byte[] WithSegment(byte[] jpeg, byte marker, byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)(content.Length + 2)));
        return [.. jpeg[..2], 0xFF, marker, .. length, .. content, .. jpeg[2..]];
    }

    /// <summary>The PNG with a chunk right behind its IHDR.</summary>
    internal static byte[] WithChunk(byte[] png, string type, byte[] content)
    {
        const int BehindHeader = 33;
        return [.. png[..BehindHeader], .. Chunk(type, content), .. png[BehindHeader..]];
    }

    /// <summary>A PNG of its header alone, to claim any size.</summary>
    internal static byte[] PngThatClaims(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", Deflate(new byte[100])), .. Chunk("IEND", [])];
    }

    internal static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(type), .. content];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32(named));
        return [.. length, .. named, .. checksum];
    }

    internal static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    internal static (byte Red, byte Green, byte Blue) At(ImagePixels pixels, int x, int y)
    {
        var at = ((y * pixels.Width) + x) * 3;
        return (pixels.Rgb.Span[at], pixels.Rgb.Span[at + 1], pixels.Rgb.Span[at + 2]);
    }

    private static ImagePixels Pixels(int width, int height, Func<int, int, (int, int, int)> colour)
    {
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++)
        {
            var (red, green, blue) = colour(at % width, at / width);
            (rgb[at * 3], rgb[(at * 3) + 1], rgb[(at * 3) + 2]) = ((byte)red, (byte)green, (byte)blue);
        }

        return new ImagePixels(width, height, rgb);
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
