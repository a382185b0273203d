namespace ImageSearch.Imaging.Headers;

/// <summary>
/// The logical screen of a GIF (GIF89a), grown to hold the first frame, because decoders allocate what a frame asks for, whatever
/// the screen says; and where that frame ends.
/// </summary>
internal static class GifHeader
{
    internal const byte Trailer = 0x3B;
    private const byte ImageSeparator = 0x2C;
    private const byte ExtensionIntroducer = 0x21;
    private const int HasColourTable = 0x80;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Gif, littleEndian: true);
        var (width, height) = (reader.Short(6), reader.Short(8));
        var frame = FirstFrame(reader);
        if (reader.Has(frame, 10))
        {
            width = Math.Max(width, reader.Short(frame + 1) + reader.Short(frame + 5));
            height = Math.Max(height, reader.Short(frame + 3) + reader.Short(frame + 7));
        }

        return new PictureHeader(ImageFormat.Gif, width, height, ExifOrientation.Upright, IsDecodedWhole: true);
    }

    /// <summary>The number of bytes up to the end of the first frame, or −1 when the file ends before.</summary>
    internal static int EndOfFirstFrame(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Gif, littleEndian: true);
        var frame = FirstFrame(reader);
        if (!reader.Has(frame, 11))
        {
            return -1;
        }

        // The image descriptor, its colour table and the code size stand before the pixels.
        return SkipSubBlocks(reader, frame + 11 + ColourTableLength(reader.Byte(frame + 9)));
    }

    /// <summary>Where the first image descriptor stands, or −1.</summary>
    private static int FirstFrame(ByteReader reader)
    {
        var position = 13 + ColourTableLength(reader.Byte(10));
        while (reader.Has(position, 2) && reader.Byte(position) == ExtensionIntroducer)
        {
            position = SkipSubBlocks(reader, position + 2);
            if (position < 0)
            {
                return -1;
            }
        }

        return reader.Has(position, 1) && reader.Byte(position) == ImageSeparator ? position : -1;
    }

    internal static int ColourTableLength(byte flags) => (flags & HasColourTable) == 0 ? 0 : 3 * (2 << (flags & 7));

    /// <summary>Behind the empty block that ends a run of blocks, or −1 when the file ends before.</summary>
    internal static int SkipSubBlocks(ReadOnlySpan<byte> bytes, int position) =>
        SkipSubBlocks(new ByteReader(bytes, ImageFormat.Gif, littleEndian: true), position);

    private static int SkipSubBlocks(ByteReader reader, int position)
    {
        while (reader.Has(position, 1))
        {
            var length = reader.Byte(position);
            position += 1 + length;
            if (length == 0)
            {
                return position;
            }
        }

        return -1;
    }
}
