namespace ImageSearch.Imaging.Headers;

/// <summary>The first directory of a TIFF (TIFF 6.0) or BigTIFF.</summary>
internal static class TiffHeader
{
    private const int BigTiff = 43;
    private const int ImageWidth = 0x0100;
    private const int ImageLength = 0x0101;
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;
    private const int MostEntries = 1000;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Tiff, littleEndian: bytes[0] == 'I');
        var isBig = reader.Short(2) == BigTiff;
        var directory = isBig ? Offset(reader.Long(8)) : reader.Int(4);
        var count = isBig ? Offset(reader.Long(directory)) : reader.Short(directory);
        var (entry, size, valueAt) = isBig ? (directory + 8, 20, 12) : (directory + 2, 12, 8);
        long width = 0, height = 0, orientation = ExifOrientation.Upright;
        for (var index = 0; index < Math.Min(count, MostEntries); index++, entry += size)
        {
            var tag = reader.Short(entry);
            if (tag is ImageWidth or ImageLength or OrientationTag)
            {
                long value = reader.Short(entry + 2) == ShortType ? reader.Short(entry + valueAt) : reader.Int(entry + valueAt);
                (width, height, orientation) = tag switch
                {
                    ImageWidth => (value, height, orientation),
                    ImageLength => (width, value, orientation),
                    _ => (width, height, value),
                };
            }
        }

        return new PictureHeader(ImageFormat.Tiff, width, height, ExifOrientation.Valid(orientation), IsDecodedWhole: true);
    }

    // Offsets beyond any array are beyond the file: the reader says so.
    private static long Offset(ulong value) => (long)Math.Min(value, int.MaxValue);
}
