namespace ImageSearch.Imaging;

/// <summary>A look at 8-bit RGB pixels that belong to someone else; shape [Height, Width, 3], row-major.</summary>
internal readonly ref struct RgbView(ReadOnlySpan<byte> rgb, int width, int height)
{
    internal ReadOnlySpan<byte> Rgb { get; } = rgb;

    internal int Width { get; } = width;

    internal int Height { get; } = height;
}
