namespace ImageSearch.Imaging.Headers;

/// <summary>The chunks of a WebP (RFC 9649): the first gives the size, EXIF the orientation.</summary>
internal static class WebpHeader
{
    private const int FirstChunk = 12;
    private const int MostChunks = 10_000;
    private const int HasExif = 0x08;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Webp, littleEndian: true);
        var type = reader.Slice(FirstChunk, 4);
        const int Content = FirstChunk + 8;
        if (type.SequenceEqual("VP8 "u8))
        {
            return Whole(reader.Short(Content + 6) & 0x3FFF, reader.Short(Content + 8) & 0x3FFF);
        }

        if (type.SequenceEqual("VP8L"u8))
        {
            var bits = reader.Int(Content + 1);
            return Whole((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        if (type.SequenceEqual("VP8X"u8))
        {
            var orientation = (reader.Byte(Content) & HasExif) != 0 ? Orientation(reader) : ExifOrientation.Upright;
            return Whole((reader.Int(Content + 4) & 0xFFFFFF) + 1, (reader.Int(Content + 6) >> 8) + 1, orientation);
        }

        throw new ImageFormatException(ImageRefusal.Corrupt, "The WebP does not begin with a VP8, VP8L or VP8X chunk.");
    }

    private static PictureHeader Whole(long width, long height, int orientation = ExifOrientation.Upright) =>
        new(ImageFormat.Webp, width, height, orientation, IsDecodedWhole: true);

    private static int Orientation(ByteReader reader)
    {
        long position = FirstChunk;
        for (var chunk = 0; chunk < MostChunks && reader.Has(position, 8); chunk++)
        {
            long length = reader.Int(position + 4);
            if (reader.Slice(position, 4).SequenceEqual("EXIF"u8) && reader.Has(position + 8, length))
            {
                return ExifOrientation.Of(reader.Slice(position + 8, length));
            }

            position += 8 + length + (length & 1);
        }

        return ExifOrientation.Upright;
    }
}
