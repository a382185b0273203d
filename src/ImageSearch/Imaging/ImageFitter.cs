using ImageSearch.Imaging.Native;

namespace ImageSearch.Imaging;

/// <summary>
/// Makes pictures smaller: decodes, turns upright, fits within pixels and bytes, and encodes without metadata, so that no place and
/// no owner leaves with a picture.
/// </summary>
public static class ImageFitter
{
    /// <summary>Longest side that a WebP can have, in pixels.</summary>
    public const int LongestWebpSide = 16_383;

    internal const string WebpSaver = "webpsave_buffer";

    private const int LeastBytes = 1024;
    private const int LowestQuality = 40;
    private const double SideStep = 0.75;

    /// <summary>Fits one picture.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="options">What to fit within.</param>
    /// <param name="limits">The ceilings, checked from the header first.</param>
    /// <param name="cancellationToken">Stops between the stages, and inside most of them.</param>
    /// <exception cref="ImageFormatException">The picture is refused; its <see cref="ImageFormatException.Refusal"/> says why.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static FittedImage Fit(
        ReadOnlyMemory<byte> bytes, FitOptions options, ImageLimits limits, CancellationToken cancellationToken = default) =>
        FitEach(bytes, [options], limits, cancellationToken)[0];

    /// <summary>Makes a small JPEG for showing, by <see cref="FitOptions.Thumbnail"/> with another size.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="maxSide">Longest side in pixels.</param>
    /// <param name="limits">The ceilings, checked from the header first.</param>
    /// <param name="cancellationToken">Stops between the stages, and inside most of them.</param>
    /// <exception cref="ImageFormatException">The picture is refused; its <see cref="ImageFormatException.Refusal"/> says why.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static FittedImage Thumbnail(
        ReadOnlyMemory<byte> bytes, int maxSide, ImageLimits limits, CancellationToken cancellationToken = default) =>
        Fit(bytes, FitOptions.Thumbnail with { MaxSide = maxSide }, limits, cancellationToken);

    /// <summary>Fits one picture several times from a single decoding.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="sizes">What to fit within.</param>
    /// <param name="limits">The ceilings, checked from the header first.</param>
    /// <param name="cancellationToken">Stops between the stages, and inside most of them.</param>
    /// <returns>One picture for each of <paramref name="sizes"/>, in that order.</returns>
    /// <exception cref="ImageFormatException">The picture is refused; its <see cref="ImageFormatException.Refusal"/> says why.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static IReadOnlyList<FittedImage> FitEach(
        ReadOnlyMemory<byte> bytes, IReadOnlyList<FitOptions> sizes, ImageLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfZero(sizes.Count);
        foreach (var size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size.MaxSide, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(size.MaxBytes, LeastBytes);
            ArgumentOutOfRangeException.ThrowIfNotEqual(size.Quality, Math.Clamp(size.Quality, 1, 100));
            if (size.Format is not (ImageFormat.Jpeg or ImageFormat.Webp) || (size.Format == ImageFormat.Webp && size.MaxSide > LongestWebpSide))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(sizes), size, $"Pictures are encoded as JPEG, or as WebP with sides of at most {LongestWebpSide} pixels.");
            }
        }

        var info = ImageIdentifier.Identify(bytes.Span, limits);
        return UprightImage.Decode(
            bytes.Span, info, sizes.Max(size => size.MaxSide), limits, upright => EncodeEach(upright, sizes, cancellationToken), cancellationToken);
    }

    private static List<FittedImage> EncodeEach(VipsImage upright, IReadOnlyList<FitOptions> sizes, CancellationToken cancellationToken)
    {
        var encoded = new List<FittedImage>(sizes.Count);
        foreach (var size in sizes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            encoded.Add(EncodeWithin(upright, size, cancellationToken));
        }

        return encoded;
    }

    private static FittedImage EncodeWithin(VipsImage upright, FitOptions options, CancellationToken cancellationToken)
    {
        for (double side = options.MaxSide; ; side = Math.Min(side, Math.Max(upright.Width, upright.Height)) * SideStep)
        {
            using var fitted = Smaller(upright, Math.Max(1, (int)side));
            var image = fitted ?? upright;
            if (EncodeUnder(image, options, cancellationToken) is { } encoded)
            {
                return encoded;
            }
        }
    }

    /// <summary>A smaller copy in memory, or null when the picture fits as it is.</summary>
    private static VipsImage? Smaller(VipsImage upright, int side)
    {
        if (upright.Width <= side && upright.Height <= side)
        {
            return null;
        }

        using var lazy = UprightImage.FitInside(upright, side);
        return lazy.CopyToMemory();
    }

    /// <summary>The best quality within the bytes, or null when the lowest is still too large.</summary>
    private static FittedImage? EncodeUnder(VipsImage image, FitOptions options, CancellationToken cancellationToken)
    {
        FittedImage? best = null;
        var (low, high, quality) = (Math.Min(LowestQuality, options.Quality), options.Quality, options.Quality);
        while (low <= high)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var encoded = Encode(image, options.Format, quality);
            if (encoded.Length <= options.MaxBytes)
            {
                best = new FittedImage(encoded, image.Width, image.Height, quality, options.Format);
                low = quality + 1;
            }
            else
            {
                high = quality - 1;
            }

            quality = (low + high) / 2;
        }

        return best;
    }

    // The least effort: of WebP a quarter of the time of the default, for a few more bytes.
    private static byte[] Encode(VipsImage image, ImageFormat format, int quality)
    {
        using var operation = new VipsOperation(format == ImageFormat.Webp ? WebpSaver : "jpegsave_buffer");

        // libvips 8.14 writes EXIF and XMP into a WebP even when it is told to strip them: it gets pixels that have none.
        using var bare = format == ImageFormat.Webp ? VipsImage.FromPixels(image.ToPixels()) : null;
        operation.SetImage("in", bare ?? image);
        operation.Set(format == ImageFormat.Webp ? $"Q={quality},effort=0,strip=true" : $"Q={quality},optimize_coding=false,strip=true");
        return operation.RunToBytes();
    }
}
