using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging.Metadata;

/// <summary>
/// The raw EXIF, XMP and IPTC blocks of a picture, cut out without unpacking anything: compressed texts of a PNG can be bombs and
/// are left alone.
/// </summary>
internal sealed record MetadataBlocks(ReadOnlyMemory<byte> Exif, ReadOnlyMemory<byte> Xmp, ReadOnlyMemory<byte> Iptc)
{
    private const int MostParts = 10_000;
    private static readonly MetadataBlocks None = new(default, default, default);

    private static ReadOnlySpan<byte> JpegXmp => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> JpegPhotoshop => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> PngXmp => "XML:com.adobe.xmp\0"u8;

    internal static MetadataBlocks Of(ReadOnlyMemory<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => OfJpeg(bytes),
        ImageFormat.Png => OfPng(bytes),
        ImageFormat.Webp => OfWebp(bytes),
        ImageFormat.Tiff => None with { Exif = bytes },
        ImageFormat.Heic or ImageFormat.Avif => OfHeif(bytes, format),
        _ => None,
    };

    private static MetadataBlocks OfJpeg(ReadOnlyMemory<byte> bytes)
    {
        var blocks = None;
        foreach (var segment in JpegHeader.MetadataSegments(bytes.Span))
        {
            var content = bytes[segment];
            var span = content.Span;
            if (blocks.Exif.IsEmpty && span.StartsWith("Exif\0"u8) && span.Length > 6)
            {
                blocks = blocks with { Exif = content[6..] };
            }
            else if (blocks.Xmp.IsEmpty && span.StartsWith(JpegXmp))
            {
                blocks = blocks with { Xmp = content[JpegXmp.Length..] };
            }
            else if (blocks.Iptc.IsEmpty && span.StartsWith(JpegPhotoshop))
            {
                blocks = blocks with { Iptc = PhotoshopResources.Iptc(content[JpegPhotoshop.Length..]) };
            }
        }

        return blocks;
    }

    private static MetadataBlocks OfPng(ReadOnlyMemory<byte> bytes)
    {
        var blocks = None;
        var span = bytes.Span;
        long position = PngHeader.SignatureLength;
        for (var chunk = 0; chunk < MostParts && position + 12 <= bytes.Length; chunk++)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(span[(int)position..]);
            if (position + 12 + length > bytes.Length)
            {
                break;
            }

            var type = span.Slice((int)position + 4, 4);
            var content = bytes.Slice((int)position + 8, (int)length);
            if (type.SequenceEqual("eXIf"u8))
            {
                blocks = blocks with { Exif = content };
            }
            else if (type.SequenceEqual("iTXt"u8) && content.Span.StartsWith(PngXmp))
            {
                blocks = blocks with { Xmp = PlainText(content[PngXmp.Length..]) };
            }

            position += 12 + length;
        }

        return blocks;
    }

    // After the keyword: compression flag, compression method, language and translated keyword, each ended by a zero byte.
    private static ReadOnlyMemory<byte> PlainText(ReadOnlyMemory<byte> content)
    {
        if (content.Length < 4 || content.Span[0] != 0)
        {
            return default;
        }

        var rest = content[2..];
        for (var field = 0; field < 2; field++)
        {
            var end = rest.Span.IndexOf((byte)0);
            if (end < 0)
            {
                return default;
            }

            rest = rest[(end + 1)..];
        }

        return rest;
    }

    private static MetadataBlocks OfWebp(ReadOnlyMemory<byte> bytes)
    {
        var blocks = None;
        var span = bytes.Span;
        long position = 12;
        for (var chunk = 0; chunk < MostParts && position + 8 <= bytes.Length; chunk++)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(span[((int)position + 4)..]);
            if (position + 8 + length > bytes.Length)
            {
                break;
            }

            var type = span.Slice((int)position, 4);
            var content = bytes.Slice((int)position + 8, (int)length);
            if (type.SequenceEqual("EXIF"u8))
            {
                blocks = blocks with { Exif = content.Span.StartsWith("Exif\0\0"u8) ? content[6..] : content };
            }
            else if (type.SequenceEqual("XMP "u8))
            {
                blocks = blocks with { Xmp = content };
            }

            position += 8 + length + (length & 1);
        }

        return blocks;
    }

    private static MetadataBlocks OfHeif(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        var exif = HeifItems.Find(bytes, "Exif", format);

        // The item begins with the distance to the TIFF header inside it.
        var start = exif.Length >= 4 ? 4L + BinaryPrimitives.ReadUInt32BigEndian(exif.Span) : long.MaxValue;
        return new MetadataBlocks(
            start < exif.Length ? exif[(int)start..] : default, HeifItems.Find(bytes, "mime", format), default);
    }
}
