namespace ImageSearch.Imaging;

/// <summary>What the header of a picture says, read without decoding it.</summary>
/// <param name="Format">The format by magic bytes.</param>
/// <param name="Width">Width in pixels as a person sees it: after the EXIF orientation is applied.</param>
/// <param name="Height">Height in pixels as a person sees it: after the EXIF orientation is applied.</param>
/// <param name="Orientation">The EXIF orientation, 1 to 8; 1 where none is said.</param>
/// <param name="IsDecodedWhole">True when the decoder must hold all pixels at once (progressive, interlaced, WebP, GIF, TIFF, HEIF).</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int Orientation, bool IsDecodedWhole)
{
    /// <summary>The media type, for example <c>image/jpeg</c>.</summary>
    public string MediaType => MediaTypeOf(Format);

    /// <summary>The media type of a format, for example <c>image/jpeg</c>.</summary>
    public static string MediaTypeOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.Gif => "image/gif",
        ImageFormat.Webp => "image/webp",
        ImageFormat.Tiff => "image/tiff",
        ImageFormat.Bmp => "image/bmp",
        ImageFormat.Heic => "image/heic",
        ImageFormat.Avif => "image/avif",
        _ => "application/octet-stream",
    };
}
