namespace ImageSearch.Imaging;

/// <summary>
/// Decodes pictures to upright sRGB pixels. Safe for use by many threads at once: how many pixels are decoded at the same time is
/// bounded for the whole process, so callers may have to wait for their turn.
/// </summary>
public static class ImageDecoder
{
    /// <summary>The side of the square that the small copy of an analysis fits into, in pixels, where it is not an eighth of a JPEG.</summary>
    public const int SmallSide = 160;

    /// <summary>Decodes a picture, made smaller to fit within <paramref name="maxSide"/> x <paramref name="maxSide"/>, never enlarged.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="maxSide">Longest side of the result, in pixels.</param>
    /// <param name="limits">The ceilings, checked from the header first.</param>
    /// <param name="cancellationToken">Stops between the stages of decoding, and inside most of them.</param>
    /// <exception cref="ImageFormatException">The picture is refused; its <see cref="ImageFormatException.Refusal"/> says why.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static ImagePixels Decode(
        ReadOnlyMemory<byte> bytes, int maxSide, ImageLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        var info = ImageIdentifier.Identify(bytes.Span, limits);
        return UprightImage.Decode(bytes.Span, info, maxSide, limits, image => image.ToPixels(), cancellationToken);
    }

    /// <summary>Identifies and decodes a picture, and looks at its colours and shapes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">The ceilings, checked from the header first.</param>
    /// <param name="cancellationToken">Stops between the stages of decoding, and inside most of them.</param>
    /// <exception cref="ImageFormatException">The picture is refused; its <see cref="ImageFormatException.Refusal"/> says why.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static ImageAnalysis Analyse(
        ReadOnlyMemory<byte> bytes, ImageLimits limits, CancellationToken cancellationToken = default)
    {
        var info = ImageIdentifier.Identify(bytes.Span, limits);
        var small = UprightImage.Eighth(bytes.Span, info, cancellationToken)
            ?? UprightImage.Decode(bytes.Span, info, SmallSide, limits, image => image.ToPixels(), cancellationToken);
        return new ImageAnalysis(info, small, DominantColours.Of(small), PerceptualHash.Of(small));
    }
}
