namespace ImageSearch.Collections;

/// <summary>The facts stored with a picture; what filters, words and pages are made of.</summary>
public sealed record ImagePayload
{
    /// <summary>Name of the library.</summary>
    public required string Library { get; init; }

    /// <summary>Path below the library's root, with <c>/</c> between its parts.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Time of the file's last change.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>Upright width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Upright height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Format in lower case: <c>jpeg</c>, <c>png</c>, <c>gif</c>, <c>webp</c>, <c>tiff</c>, <c>bmp</c>, <c>heic</c>, <c>avif</c>.</summary>
    public required string Format { get; init; }

    /// <summary>When the picture was taken, as the camera's clock showed it (kind unspecified).</summary>
    public DateTime? TakenAt { get; init; }

    /// <summary>The offset of that clock from UTC; null when the zone is unknown.</summary>
    public TimeSpan? TakenAtOffset { get; init; }

    /// <summary>How sure the time is: <c>exif</c>, <c>xmp</c>, <c>iptc</c>, <c>name</c> (read from the file's name) or <c>modified</c>.</summary>
    public string? TakenAtSource { get; init; }

    /// <summary>Camera maker and model.</summary>
    public string? Camera { get; init; }

    /// <summary>Lens model.</summary>
    public string? Lens { get; init; }

    /// <summary>Latitude in decimal degrees; given together with <see cref="Longitude"/> or not at all.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude in decimal degrees.</summary>
    public double? Longitude { get; init; }

    /// <summary>Stars, 0 to 5.</summary>
    public int? Rating { get; init; }

    /// <summary>Embedded title.</summary>
    public string? Title { get; init; }

    /// <summary>Embedded description.</summary>
    public string? Description { get; init; }

    /// <summary>Caption made by a model.</summary>
    public string? Caption { get; init; }

    /// <summary>The model that made the caption; null where there is none.</summary>
    public string? CaptionModel { get; init; }

    /// <summary>Those of <see cref="Tags"/> that the model made.</summary>
    public IReadOnlyList<string> CaptionTags { get; init; } = [];

    /// <summary>What the model read in the picture; null where it read nothing.</summary>
    public string? VisibleText { get; init; }

    /// <summary>Embedded keywords and tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Named colours, largest share first.</summary>
    public IReadOnlyList<ColourShare> Colours { get; init; } = [];

    /// <summary>Perceptual hash, 64 bits; pictures within 8 bits of each other look the same.</summary>
    public ulong PerceptualHash { get; init; }

    /// <summary>All words by which the picture is found: file name, folders, title, description, caption, tags.</summary>
    public string Words { get; init; } = "";

    /// <summary>The embedding model that made the vector.</summary>
    public required string Model { get; init; }

    /// <summary>When the point was written.</summary>
    public required DateTimeOffset IndexedAt { get; init; }
}
