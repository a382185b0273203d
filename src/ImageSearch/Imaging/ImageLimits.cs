namespace ImageSearch.Imaging;

/// <summary>Ceilings that are checked from the header, before any pixel is decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits that apply unless the configuration says otherwise.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Largest file, in bytes; the default is 50 MiB.</summary>
    public long MaxBytes { get; init; } = 50L << 20;

    /// <summary>Most pixels of a format that is decoded in strips (baseline JPEG, PNG); the default is 100 million.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Most pixels of a format that is decoded whole (progressive JPEG, interlaced PNG, WebP, GIF, TIFF, HEIF); the default is 50 million.</summary>
    public long MaxWholePixels { get; init; } = 50_000_000;

    /// <summary>Longest side in pixels; the default is 65,535.</summary>
    public int MaxSide { get; init; } = 65_535;

    /// <summary>
    /// Longest time for decoding one picture; the default is 10 seconds. One step inside a decoder cannot be broken off, so a large
    /// picture may run somewhat over before it is refused.
    /// </summary>
    public TimeSpan MaxDecodeTime { get; init; } = TimeSpan.FromSeconds(10);
}
