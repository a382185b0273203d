using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// A picture as a model is shown it: upright, small, encoded anew, so that nothing travels with it (no name, no metadata, no hidden
/// layer).
/// </summary>
/// <param name="Content">The picture, a JPEG.</param>
/// <param name="Tokens">About how many tokens it costs.</param>
internal sealed record ShownPicture(DataContent Content, int Tokens)
{
    private const int MaxBytes = 3_750_000;
    private const double SideStep = 0.95;

    /// <summary>Makes a picture fit a model and a budget.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="model">Who looks at it.</param>
    /// <param name="size">What may be spent on it.</param>
    /// <param name="limits">Ceilings for pictures.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="ImageFormatException">It is no picture, or refused.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public static ShownPicture Of(ReadOnlyMemory<byte> bytes, VisionModel model, PictureSize size, ImageLimits limits, CancellationToken cancellationToken)
    {
        var info = ImageIdentifier.Identify(bytes.Span, limits);
        var fitted = ImageFitter.Fit(bytes, new FitOptions { MaxSide = SideOf(info, model, size), MaxBytes = MaxBytes }, limits, cancellationToken);
        return new ShownPicture(new DataContent(fitted.Bytes, fitted.MediaType), model.TokensOf(fitted.Width, fitted.Height));
    }

    private static int SideOf(ImageInfo info, VisionModel model, PictureSize size)
    {
        double longest = Math.Max(info.Width, info.Height);
        var side = Math.Min(Math.Min(size.Side, model.LongestSide), longest);
        while (side > 1 && model.TokensOf(Scaled(info.Width, side / longest), Scaled(info.Height, side / longest)) > size.Tokens)
        {
            side = Math.Max(1, side * SideStep);
        }

        return Math.Max(1, (int)side);
    }

    private static int Scaled(int pixels, double scale) => Math.Max(1, (int)Math.Ceiling(pixels * scale));
}
