namespace ImageSearch.Imaging.Headers;

/// <summary>The chunks of a PNG (W3C PNG, third edition): IHDR, and eXIf for the orientation.</summary>
internal static class PngHeader
{
    internal const int SignatureLength = 8;
    private const int MostChunks = 10_000;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Png, littleEndian: false);
        if (!reader.Slice(SignatureLength + 4, 4).SequenceEqual("IHDR"u8))
        {
            throw new ImageFormatException(ImageRefusal.Corrupt, "The PNG does not begin with its IHDR chunk.");
        }

        var header = SignatureLength + 8;
        var isInterlaced = reader.Byte(header + 12) != 0;
        return new PictureHeader(
            ImageFormat.Png, reader.Int(header), reader.Int(header + 4), Orientation(reader), isInterlaced);
    }

    private static int Orientation(ByteReader reader)
    {
        long position = SignatureLength;
        for (var chunk = 0; chunk < MostChunks && reader.Has(position, 12); chunk++)
        {
            long length = reader.Int(position);
            var type = reader.Slice(position + 4, 4);
            if (type.SequenceEqual("eXIf"u8) && reader.Has(position + 8, length))
            {
                return ExifOrientation.Of(reader.Slice(position + 8, length));
            }

            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            position += length + 12;
        }

        return ExifOrientation.Upright;
    }
}
