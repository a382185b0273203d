using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging.Metadata;

/// <summary>
/// A PNG of the chunks that pixels, colours and animation need and nothing else (W3C PNG, third edition): texts, times, EXIF and
/// what stands behind the end go.
/// </summary>
internal static class BarePng
{
    private const int Around = 12;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    };

    /// <summary>The bare picture; null when the chunks do not lead to the end.</summary>
    internal static ReadOnlyMemory<byte>? Of(ReadOnlySpan<byte> bytes, int orientation)
    {
        using var bare = new MemoryStream(bytes.Length);
        bare.Write(bytes[..PngHeader.SignatureLength]);
        long position = PngHeader.SignatureLength;
        while (position + Around <= bytes.Length)
        {
            var chunk = bytes[(int)position..];
            var size = Around + (long)BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (size > chunk.Length)
            {
                return null;
            }

            var type = string.Create(4, chunk.Slice(4, 4), static (text, name) => System.Text.Encoding.Latin1.GetChars(name, text));
            if (Kept.Contains(type))
            {
                bare.Write(chunk[..(int)size]);
            }

            if (type == "IEND")
            {
                return bare.ToArray();
            }

            if (type == "IHDR" && orientation != ExifOrientation.Upright)
            {
                WriteExif(bare, ExifOrientation.Block(orientation));
            }

            position += size;
        }

        return null;
    }

    private static void WriteExif(MemoryStream bare, ReadOnlySpan<byte> exif)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, exif.Length);
        bare.Write(number);
        byte[] named = [.. "eXIf"u8, .. exif];
        bare.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(named));
        bare.Write(number);
    }

    // CRC-32 as annex D of the specification defines it; for a block of 30 bytes a table would not pay.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 1 ? (checksum >> 1) ^ 0xEDB88320 : checksum >> 1;
            }
        }

        return ~checksum;
    }
}
