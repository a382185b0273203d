using System.Globalization;
using ImageSearch.Imaging.Headers;
using ImageSearch.Imaging.Jpeg;
using ImageSearch.Imaging.Native;

namespace ImageSearch.Imaging;

/// <summary>
/// The one way from bytes to pixels: load with shrink-on-load, fit, convert to sRGB 8 bit, flatten on white, turn upright. The
/// reason of a failure is decided here, from the stage and the bytes, and not from the decoder's text.
/// </summary>
internal static unsafe class UprightImage
{
    private const int NarrowestShrunk = 16;
    private const int LeastEighthSide = 64;

    private static readonly PixelBudget Budget = new(200_000_000);

    /// <summary>Decodes within the budget and the time limit, and hands the finished image, held in memory, to <paramref name="use"/>.</summary>
    internal static T Decode<T>(
        ReadOnlySpan<byte> bytes, ImageInfo info, int maxSide, ImageLimits limits, Func<VipsImage, T> use, CancellationToken cancellationToken)
    {
        LibvipsLoader.EnsureStarted();
        using var turn = Budget.Enter(PixelBudget.WeightOf(info), cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.MaxDecodeTime);
        try
        {
            using var upright = Load(bytes, info, maxSide, deadline.Token);
            deadline.Token.ThrowIfCancellationRequested();
            return use(upright);
        }
        catch (Exception failure) when (failure is VipsException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw deadline.IsCancellationRequested
                ? new ImageFormatException(
                    ImageRefusal.TimedOut, $"Decoding took longer than {limits.MaxDecodeTime.TotalSeconds:0.#} seconds.", failure)
                : DecodeFailure.Explain(bytes, info, failure);
        }
    }

    /// <summary>A small copy of a JPEG without decoding it; null where that cannot be had, or would be too small to tell what it looks like.</summary>
    internal static ImagePixels? Eighth(ReadOnlySpan<byte> bytes, ImageInfo info, CancellationToken cancellationToken)
    {
        if (info.Format != ImageFormat.Jpeg || Math.Min(info.Width, info.Height) < 8 * LeastEighthSide
            || JpegEighth.Decode(bytes, cancellationToken) is not { } lying)
        {
            return null;
        }

        if (info.Orientation == ExifOrientation.Upright)
        {
            return lying;
        }

        LibvipsLoader.EnsureStarted();
        using var image = VipsImage.FromPixels(lying);
        using var upright = TurnUpright(image, info.Orientation);
        return upright.ToPixels();
    }

    private static VipsImage Load(ReadOnlySpan<byte> bytes, ImageInfo info, int maxSide, CancellationToken cancellationToken)
    {
        if (info.Format == ImageFormat.Bmp)
        {
            using var bitmap = VipsImage.FromPixels(BmpDecoder.Decode(bytes));
            return Finish(bitmap, info, maxSide, cancellationToken);
        }

        var repaired = EncodedRepair.ForDecoder(bytes, info.Format);
        fixed (byte* pinned = repaired)
        {
            // Everything lazy is finished and disposed inside this block.
            using var loaded = VipsImage.Open(LoaderOf(info.Format), pinned, repaired.Length, LoaderArguments(info, maxSide));
            cancellationToken.ThrowIfCancellationRequested();
            return Finish(loaded, info, maxSide, cancellationToken);
        }
    }

    internal static string LoaderOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpegload_source",
        ImageFormat.Png => "pngload_source",
        ImageFormat.Gif => "gifload_source",
        ImageFormat.Webp => "webpload_source",
        ImageFormat.Tiff => "tiffload_source",
        ImageFormat.Heic or ImageFormat.Avif => "heifload_source",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "libvips has no loader for this format."),
    };

    // fail_on=warning also refuses a JPEG that was cut in the middle and closed with an end marker.
    private static string LoaderArguments(ImageInfo info, int maxSide) => info.Format == ImageFormat.Jpeg
        ? $"access=sequential,fail_on=warning,shrink={ShrinkOnLoad(info.Width, info.Height, maxSide)}"
        : "access=sequential,fail_on=warning";

    /// <summary>
    /// The largest of the decoder's own factors that leaves the picture no smaller than wanted. Narrow pictures are not shrunk: the
    /// decoder rounds down, and libvips ends the process when a side comes to nothing.
    /// </summary>
    internal static int ShrinkOnLoad(int width, int height, int maxSide) =>
        Math.Min(Math.Max(width, height) / maxSide, Math.Min(width, height) / NarrowestShrunk) switch
        {
            >= 8 => 8,
            >= 4 => 4,
            >= 2 => 2,
            _ => 1,
        };

    private static VipsImage Finish(VipsImage loaded, ImageInfo info, int maxSide, CancellationToken cancellationToken)
    {
        using var fitted = FitInside(loaded, maxSide);
        using var transformed = NeedsProfile(fitted) ? ToSrgbByProfile(fitted) : null;
        using var colour = VipsOperation.Apply("colourspace", transformed ?? fitted, "space=srgb");
        using var flat = colour.HasAlpha ? VipsOperation.Apply("flatten", colour, "background=255 255 255") : null;
        using var bytes = (flat ?? colour).IsEightBit ? null : VipsOperation.Apply("cast", flat ?? colour, "format=uchar");
        var finished = bytes ?? flat ?? colour;
        using var killOnCancel = cancellationToken.UnsafeRegister(static image => ((VipsImage)image!).Kill(), finished);
        if (info.Orientation == ExifOrientation.Upright)
        {
            return finished.CopyToMemory();
        }

        using var lying = finished.CopyToMemory();
        return TurnUpright(lying, info.Orientation);
    }

    /// <summary>
    /// The image fitted into a square, not yet computed. Both sides are given, and come to at least 1: left to itself, libvips ends
    /// the process on a picture so narrow that its short side comes to nothing.
    /// </summary>
    internal static VipsImage FitInside(VipsImage image, int maxSide)
    {
        var scale = Math.Min(1, (double)maxSide / Math.Max(image.Width, image.Height));
        var (width, height) = (Math.Max(1, Math.Round(image.Width * scale)), Math.Max(1, Math.Round(image.Height * scale)));

        // Colours under transparency must not bleed into what is seen: this operation weighs them by their alpha.
        if (image.HasAlpha)
        {
            return VipsOperation.Apply("thumbnail_image", image, $"width={width},height={height},size=force,no_rotate=true");
        }

        // The triangle filter: in libvips 8.14 the longer ones cost twice as much, for a difference that no embedding sees.
        return VipsOperation.Apply(
            "resize", image, string.Create(CultureInfo.InvariantCulture, $"scale={width / image.Width:R},vscale={height / image.Height:R},kernel=linear"));
    }

    // The small picture is transformed rather than the large one. Grey pictures with a colour profile fail, and a profile that is
    // sRGB itself changes nothing.
    private static bool NeedsProfile(VipsImage image)
    {
        if (image.Interpretation == VipsImage.InterpretationCmyk)
        {
            return true;
        }

        var profile = image.IccProfile;
        return !profile.IsEmpty && image.Bands >= 3 && profile.IndexOf("sRGB"u8) < 0 && profile.IndexOf("s\0R\0G\0B"u8) < 0;
    }

    /// <summary>Null when the profile does not fit its picture: a reason to ignore the profile, not to refuse the picture.</summary>
    private static VipsImage? ToSrgbByProfile(VipsImage image)
    {
        var fallback = image.Interpretation == VipsImage.InterpretationCmyk ? ",input_profile=cmyk" : "";
        try
        {
            return VipsOperation.Apply("icc_transform", image, $"output_profile=srgb,embedded=true{fallback}");
        }
        catch (VipsException)
        {
            return null;
        }
    }

    private static VipsImage TurnUpright(VipsImage lying, int orientation)
    {
        using var turned = orientation switch
        {
            3 => VipsOperation.Apply("rot", lying, "angle=d180"),
            5 or 6 => VipsOperation.Apply("rot", lying, "angle=d90"),
            7 or 8 => VipsOperation.Apply("rot", lying, "angle=d270"),
            4 => VipsOperation.Apply("flip", lying, "direction=vertical"),
            _ => VipsOperation.Apply("flip", lying, "direction=horizontal"),
        };
        if (orientation is not (5 or 7))
        {
            return turned.CopyToMemory();
        }

        using var mirrored = VipsOperation.Apply("flip", turned, "direction=horizontal");
        return mirrored.CopyToMemory();
    }
}
