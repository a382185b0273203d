namespace ImageSearch.Imaging;

/// <summary>What a fitted picture must keep to.</summary>
public sealed record FitOptions
{
    /// <summary>The options of a thumbnail: 320 pixels, quality 80.</summary>
    public static FitOptions Thumbnail { get; } = new() { MaxSide = 320, Quality = 80 };

    /// <summary>Longest side in pixels; the default is 1,024. A smaller picture is not enlarged.</summary>
    public int MaxSide { get; init; } = 1024;

    /// <summary>Most bytes of the encoded picture; the default is 3,750,000, and the least 1,024. Quality is given up first, then size.</summary>
    public int MaxBytes { get; init; } = 3_750_000;

    /// <summary>What the picture is encoded as: JPEG, the default, or WebP where libvips can write it (<see cref="ImageLibrary.CanEncodeWebp"/>).</summary>
    public ImageFormat Format { get; init; } = ImageFormat.Jpeg;

    /// <summary>Quality, 1 to 100, used when the result keeps to <see cref="MaxBytes"/>; the default is 85.</summary>
    public int Quality { get; init; } = 85;
}
