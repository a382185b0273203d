namespace ImageSearch.Imaging;

/// <summary>A picture encoded anew: upright, sRGB, 8 bits, without metadata.</summary>
/// <param name="Bytes">The encoded picture.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Quality">The quality that was used, 1 to 100.</param>
/// <param name="Format">What it is encoded as: JPEG, baseline, or WebP.</param>
public sealed record FittedImage(ReadOnlyMemory<byte> Bytes, int Width, int Height, int Quality, ImageFormat Format)
{
    /// <summary>Its media type.</summary>
    public string MediaType => ImageInfo.MediaTypeOf(Format);
}
