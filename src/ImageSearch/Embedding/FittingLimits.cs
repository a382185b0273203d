using ImageSearch.Imaging;

namespace ImageSearch.Embedding;

/// <summary>What pictures a model takes.</summary>
public sealed record FittingLimits
{
    /// <summary>Longest side in pixels; the default is 2,048.</summary>
    public int MaxSide { get; init; } = 2048;

    /// <summary>Most bytes of the encoded picture; the default is 3,750,000, which is 5 MB in base64.</summary>
    public int MaxBytes { get; init; } = 3_750_000;

    /// <summary>The formats; the default is JPEG and PNG.</summary>
    public IReadOnlyList<ImageFormat> Formats { get; init; } = [ImageFormat.Jpeg, ImageFormat.Png];

    /// <summary>True when a picture of <paramref name="size"/> bytes can be sent as it is: upright, small enough, of a known format.</summary>
    /// <param name="info">What its header says.</param>
    /// <param name="size">Its bytes.</param>
    public bool Allow(ImageInfo info, int size)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Orientation == 1 && info.Width <= MaxSide && info.Height <= MaxSide && size <= MaxBytes && Formats.Contains(info.Format);
    }
}
