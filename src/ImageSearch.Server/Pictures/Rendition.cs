using ImageSearch.Imaging;

namespace ImageSearch.Server.Pictures;

/// <summary>A form in which a picture is shown, other than its file as it is.</summary>
/// <param name="Name">What tells it apart from the others of the same content.</param>
internal sealed record Rendition(string Name)
{
    private const int FullQuality = 90;

    /// <summary>The same encoded picture without metadata, so without the place where it was taken.</summary>
    public static Rendition Bare { get; } = new("bare");

    /// <summary>As large as the picture, in a format that every browser shows.</summary>
    public static Rendition Full { get; } = new("full") { Fit = new FitOptions { MaxSide = ImageFitter.LongestWebpSide, MaxBytes = int.MaxValue, Quality = FullQuality } };

    /// <summary>The small ones, by longest side in pixels.</summary>
    public static IReadOnlyDictionary<int, Rendition> Thumbnails { get; } = new[] { 160, 320, 640, 1280 }.ToDictionary(
        side => side, side => new Rendition($"{side}") { Fit = FitOptions.Thumbnail with { MaxSide = side } });

    /// <summary>What it is fitted within; null where it is not encoded anew.</summary>
    public FitOptions? Fit { get; private init; }

    /// <summary>Makes it.</summary>
    /// <exception cref="ImageFormatException">The picture cannot be read.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public ReadOnlyMemory<byte> Make(ReadOnlyMemory<byte> picture, ImageLimits limits, CancellationToken cancellationToken)
    {
        if (Fit is null && ImageMetadataRemover.Remove(picture, ImageIdentifier.Identify(picture.Span, limits)) is { } bare)
        {
            return bare;
        }

        var fit = Fit ?? Full.Fit!;
        var format = ImageLibrary.CanEncodeWebp ? ImageFormat.Webp : ImageFormat.Jpeg;
        return ImageFitter.Fit(picture, fit with { Format = format }, limits, cancellationToken).Bytes;
    }
}
