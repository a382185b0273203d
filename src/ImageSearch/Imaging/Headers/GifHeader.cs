namespace ImageSearch.Imaging.Headers;

/// <summary>The logical screen of a GIF (GIF89a, section 18).</summary>
internal static class GifHeader
{
    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Gif, littleEndian: true);
        return new PictureHeader(
            ImageFormat.Gif, reader.Short(6), reader.Short(8), ExifOrientation.Upright, IsDecodedWhole: true);
    }
}
