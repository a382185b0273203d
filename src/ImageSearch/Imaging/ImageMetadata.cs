namespace ImageSearch.Imaging;

/// <summary>What a picture says about itself in EXIF, XMP and IPTC. Everything is optional; texts are trimmed and capped.</summary>
public sealed record ImageMetadata
{
    /// <summary>A picture that says nothing.</summary>
    public static ImageMetadata None { get; } = new();

    /// <summary>When it was taken, as the clock of the camera showed it; null where no embedded field says.</summary>
    public DateTime? TakenAt { get; init; }

    /// <summary>The offset of that clock from UTC; null when the zone is unknown.</summary>
    public TimeSpan? TakenAtOffset { get; init; }

    /// <summary>Where the time came from: <c>exif</c>, <c>xmp</c> or <c>iptc</c>; null without a time.</summary>
    public string? TakenAtSource { get; init; }

    /// <summary>Camera maker and model, the maker not repeated.</summary>
    public string? Camera { get; init; }

    /// <summary>Lens model.</summary>
    public string? Lens { get; init; }

    /// <summary>Latitude in decimal degrees, −90…90; given together with <see cref="Longitude"/> or not at all.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude in decimal degrees, −180…180.</summary>
    public double? Longitude { get; init; }

    /// <summary>Stars, 0 to 5.</summary>
    public int? Rating { get; init; }

    /// <summary>Title or headline.</summary>
    public string? Title { get; init; }

    /// <summary>Description or caption written by a person.</summary>
    public string? Description { get; init; }

    /// <summary>Keywords, without repetition, in the order of the file.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];
}
