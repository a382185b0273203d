namespace ImageSearch.Imaging.Headers;

/// <summary>The segments of a JPEG up to its first scan (ITU-T T.81, annex B).</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;
    private const byte App13 = 0xED;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        PictureHeader? frame = null;
        int? orientation = null;
        var segments = new Segments(bytes);
        while (segments.MoveNext())
        {
            if (IsFrame(segments.Marker))
            {
                frame = Frame(segments.Marker, bytes[segments.Content]);
            }
            else if (segments.Marker == App1 && orientation is null && bytes[segments.Content].StartsWith("Exif\0"u8))
            {
                orientation = ExifOrientation.Of(bytes[segments.Content]);
            }
        }

        if (segments.Marker is not (StartOfScan or EndOfImage))
        {
            throw new ImageFormatException(ImageRefusal.Truncated, $"The JPEG ends after {bytes.Length:N0} bytes, inside its header.");
        }

        return frame is { } header
            ? header with { Orientation = orientation ?? ExifOrientation.Upright }
            : throw new ImageFormatException(ImageRefusal.Corrupt, "The JPEG has no frame header before its pixels.");
    }

    /// <summary>True when an end marker stands behind the first scan; those of embedded thumbnails do not count.</summary>
    internal static bool HasEnd(ReadOnlySpan<byte> bytes)
    {
        var segments = new Segments(bytes);
        var hasMore = true;
        while (hasMore)
        {
            hasMore = segments.MoveNext();
        }

        return segments.Marker == StartOfScan && bytes[segments.Position..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, EndOfImage]) >= 0;
    }

    /// <summary>The contents of the segments APP1 (EXIF, XMP) and APP13 (IPTC).</summary>
    internal static List<Range> MetadataSegments(ReadOnlySpan<byte> bytes)
    {
        var found = new List<Range>();
        var segments = new Segments(bytes);
        while (segments.MoveNext())
        {
            if (segments.Marker is App1 or App13)
            {
                found.Add(segments.Content);
            }
        }

        return found;
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

    /// <summary>Walks from segment to segment, and stops at the first scan, the end marker or where the bytes break off.</summary>
    private ref struct Segments(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        /// <summary>Behind the marker that the walk stopped at, or behind the segment.</summary>
        internal int Position { get; private set; } = 2;

        /// <summary>The last marker; 0 where the bytes broke off.</summary>
        internal byte Marker { get; private set; }

        internal Range Content { get; private set; }

        internal bool MoveNext()
        {
            do
            {
                Marker = NextMarker();
            }
            while (Marker is 0x01 or (>= 0xD0 and <= 0xD8));

            if (Marker is 0 or StartOfScan or EndOfImage)
            {
                return false;
            }

            var length = Position + 2 <= _bytes.Length ? (_bytes[Position] << 8) | _bytes[Position + 1] : 0;
            if (length < 2 || Position + length > _bytes.Length)
            {
                Marker = 0;
                return false;
            }

            Content = (Position + 2)..(Position + length);
            Position += length;
            return true;
        }

        // Decoders skip bytes between segments, stuffed zeros and repeated fill bytes 0xFF.
        private byte NextMarker()
        {
            while (true)
            {
                var fill = _bytes[Position..].IndexOf((byte)0xFF);
                if (fill < 0)
                {
                    return 0;
                }

                var code = _bytes[(Position + fill)..].IndexOfAnyExcept((byte)0xFF);
                if (code < 0)
                {
                    return 0;
                }

                Position += fill + code + 1;
                if (_bytes[Position - 1] != 0)
                {
                    return _bytes[Position - 1];
                }
            }
        }
    }
}
