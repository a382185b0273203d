using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging.Metadata;

/// <summary>
/// A JPEG of the segments that its pixels need and nothing else (ITU-T T.81, annex B): of the application segments the
/// colour profile, the transform that Adobe names and the density stay, and what stands behind the end marker goes.
/// </summary>
internal static class BareJpeg
{
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;

    // Version, density and the size of a thumbnail, which is not carried over.
    private const int JfifLength = 14;

    /// <summary>The bare picture; null when the segments cannot be followed.</summary>
    internal static ReadOnlyMemory<byte>? Of(ReadOnlySpan<byte> bytes, int orientation)
    {
        using var bare = new MemoryStream(bytes.Length);
        bare.Write([0xFF, Start]);
        if (orientation != ExifOrientation.Upright)
        {
            Write(bare, App1, [.. "Exif\0\0"u8, .. ExifOrientation.Block(orientation)]);
        }

        var position = 2;
        while (NextMarker(bytes, ref position) is { } marker && marker != End)
        {
            if (marker is 0x01 or (>= 0xD0 and <= Start))
            {
                continue;
            }

            var length = position + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes[position..]) : 0;
            if (length < 2 || position + length > bytes.Length)
            {
                return null;
            }

            Keep(bare, marker, bytes.Slice(position + 2, length - 2));
            position += length;
            if (marker == StartOfScan)
            {
                var scan = ScanLength(bytes[position..]);
                bare.Write(bytes.Slice(position, scan));
                position += scan;
            }
        }

        // Of one that lacks only its end marker all pixels are there.
        bare.Write([0xFF, End]);
        return bare.ToArray();
    }

    private static void Keep(MemoryStream bare, byte marker, ReadOnlySpan<byte> content)
    {
        if (marker is >= 0xC0 and <= 0xDF
            || (marker == App2 && content.StartsWith("ICC_PROFILE\0"u8))
            || (marker == App14 && content.StartsWith("Adobe"u8)))
        {
            Write(bare, marker, content);
        }
        else if (marker == App0 && content.StartsWith("JFIF\0"u8) && content.Length >= JfifLength)
        {
            Write(bare, App0, [.. content[..(JfifLength - 2)], 0, 0]);
        }
    }

    private static void Write(MemoryStream bare, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(content.Length + 2));
        bare.Write(head);
        bare.Write(content);
    }

    // Decoders skip bytes between segments, and repeated fill bytes 0xFF.
    private static byte? NextMarker(ReadOnlySpan<byte> bytes, ref int position)
    {
        for (; position + 1 < bytes.Length; position++)
        {
            if (bytes[position] == 0xFF && bytes[position + 1] is not (0 or 0xFF))
            {
                position += 2;
                return bytes[position - 1];
            }
        }

        return null;
    }

    /// <summary>The length of a scan's code: up to a marker that is no restart; a zero behind 0xFF belongs to the code.</summary>
    private static int ScanLength(ReadOnlySpan<byte> code)
    {
        for (var at = 0; ; at += 2)
        {
            var next = code[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= code.Length)
            {
                return code.Length;
            }

            at += next;
            if (code[at + 1] is 0xFF)
            {
                at--;
            }
            else if (code[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }
        }
    }
}
