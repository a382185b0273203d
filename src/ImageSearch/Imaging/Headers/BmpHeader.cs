namespace ImageSearch.Imaging.Headers;

/// <summary>The size fields of a Windows bitmap.</summary>
internal static class BmpHeader
{
    private const int CoreHeaderSize = 12;

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Bmp, littleEndian: true);
        var isCore = reader.Int(14) == CoreHeaderSize;
        long width = isCore ? reader.Short(18) : (int)reader.Int(18);
        long height = isCore ? reader.Short(20) : (int)reader.Int(22);

        // A negative height says that the rows run from top to bottom.
        return new PictureHeader(ImageFormat.Bmp, width, Math.Abs(height), ExifOrientation.Upright, IsDecodedWhole: true);
    }
}
