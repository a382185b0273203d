namespace ImageSearch.Imaging;

/// <summary>A picture encoded anew as baseline JPEG: upright, sRGB, 8 bits, without metadata.</summary>
/// <param name="Bytes">The JPEG.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Quality">The JPEG quality that was used, 1 to 100.</param>
public sealed record FittedImage(ReadOnlyMemory<byte> Bytes, int Width, int Height, int Quality)
{
    /// <summary>The media type of every fitted picture.</summary>
    public const string MediaType = "image/jpeg";
}
