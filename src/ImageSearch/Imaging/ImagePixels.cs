namespace ImageSearch.Imaging;

/// <summary>Decoded pixels: upright, sRGB, 8 bits a channel, no alpha (flattened on white).</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Rgb">Shape [Height, Width, 3], row-major, red first.</param>
public sealed record ImagePixels(int Width, int Height, ReadOnlyMemory<byte> Rgb);
