using ImageSearch.Imaging.Metadata;

namespace ImageSearch.Imaging;

/// <summary>
/// Takes everything from a picture that is not needed to show it — EXIF, XMP, IPTC, comments, embedded thumbnails, what was appended to
/// it — without decoding it: pixels, colour profile and animation stay as they are, bit for bit, and so does the orientation.
/// </summary>
public static class ImageMetadataRemover
{
    /// <summary>Removes the metadata of a picture that has been identified.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="info">What its header says.</param>
    /// <returns>
    /// The picture without metadata; null where they cannot be taken out without encoding it anew: TIFF, HEIC, AVIF, and files whose parts
    /// do not lead to their end.
    /// </returns>
    public static ReadOnlyMemory<byte>? Remove(ReadOnlyMemory<byte> bytes, ImageInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Format switch
        {
            ImageFormat.Jpeg => BareJpeg.Of(bytes.Span, info.Orientation),
            ImageFormat.Png => BarePng.Of(bytes.Span, info.Orientation),
            ImageFormat.Webp => BareWebp.Of(bytes.Span, info.Orientation),
            ImageFormat.Gif => BareGif.Of(bytes.Span),

            // A bitmap has no room for metadata.
            ImageFormat.Bmp => bytes,
            _ => null,
        };
    }
}
