using ImageSearch.Imaging.Metadata;

namespace ImageSearch.Imaging;

/// <summary>
/// Reads what a picture says about itself in EXIF, XMP and IPTC. Bad metadata are no metadata: it never throws on them. Time and
/// memory are bounded by the size of the file; nothing compressed is unpacked.
/// </summary>
public static class ImageMetadataReader
{
    /// <summary>Reads the metadata of a picture that has been identified.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="info">What its header says.</param>
    /// <returns>What was found; <see cref="ImageMetadata.None"/> where nothing was.</returns>
    public static ImageMetadata Read(ReadOnlyMemory<byte> bytes, ImageInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        MetadataBlocks blocks;
        try
        {
            blocks = MetadataBlocks.Of(bytes, info.Format);
        }
        catch (ImageFormatException)
        {
            // The structure around the metadata is broken; whether the picture is, its decoder says.
            return ImageMetadata.None;
        }

        var exif = ExifDirectories.Read(blocks.Exif);
        var xmp = XmpPacket.Read(blocks.Xmp.IsEmpty ? exif.Xmp : blocks.Xmp);
        return new MetadataSources(exif, xmp, IptcFields.Read(blocks.Iptc.IsEmpty ? exif.Iptc : blocks.Iptc)).Compose();
    }
}
