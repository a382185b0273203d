namespace ImageSearch.Imaging.Headers;

/// <summary>The markers of a JPEG up to its first scan (ITU-T T.81, annex B).</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Jpeg, littleEndian: false);
        PictureHeader? frame = null;
        var orientation = 0;
        var position = 2;
        while (true)
        {
            var marker = NextMarker(reader, ref position);
            if (marker == StartOfScan || marker == EndOfImage)
            {
                return (frame ?? throw new ImageFormatException(ImageRefusal.Corrupt, "The JPEG has no frame header before its pixels."))
                    with
                { Orientation = orientation == 0 ? ExifOrientation.Upright : orientation };
            }

            if (IsBare(marker))
            {
                continue;
            }

            var length = reader.Short(position);
            if (length < 2)
            {
                throw new ImageFormatException(ImageRefusal.Corrupt, $"The JPEG has a segment of {length} bytes; the least is 2.");
            }

            var segment = reader.Slice(position + 2, length - 2);
            if (IsFrame(marker))
            {
                frame = Frame(marker, segment);
            }
            else if (marker == App1 && orientation == 0 && segment.StartsWith("Exif\0"u8))
            {
                orientation = ExifOrientation.Of(segment);
            }

            position += length;
        }
    }

    /// <summary>Where the first scan begins, or −1: after it stand pixels and the end marker.</summary>
    internal static int ScanOffset(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Jpeg, littleEndian: false);
        var position = 2;
        while (reader.Has(position, 4))
        {
            var marker = NextMarker(reader, ref position);
            if (marker == StartOfScan)
            {
                return position;
            }

            position += IsBare(marker) || !reader.Has(position, 2) ? 0 : reader.Short(position);
        }

        return -1;
    }

    // Decoders skip bytes between segments and repeated fill bytes 0xFF.
    private static byte NextMarker(ByteReader reader, ref int position)
    {
        while (true)
        {
            while (reader.Byte(position) != 0xFF)
            {
                position++;
            }

            while (reader.Byte(position) == 0xFF)
            {
                position++;
            }

            var marker = reader.Byte(position++);
            if (marker != 0)
            {
                return marker;
            }
        }
    }

    private static PictureHeader Frame(byte marker, ReadOnlySpan<byte> segment)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
        {
            throw new ImageFormatException(ImageRefusal.UnsupportedFormat, "The JPEG is lossless or hierarchical, which is not decoded.");
        }

        var reader = new ByteReader(segment, ImageFormat.Jpeg, littleEndian: false);
        var isProgressive = marker is 0xC2 or 0xCA;
        return new PictureHeader(ImageFormat.Jpeg, reader.Short(3), reader.Short(1), ExifOrientation.Upright, isProgressive);
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsBare(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD8);
}
