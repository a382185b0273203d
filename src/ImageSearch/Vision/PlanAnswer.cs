namespace ImageSearch.Vision;

/// <summary>What a model reads in plain words, as it writes it; nothing of it is checked but the types. What the words do not say is absent or empty.</summary>
internal sealed record PlanAnswer
{
    /// <summary>What the pictures show, without all that the other members say.</summary>
    public string? Words { get; init; }

    /// <summary>The language of what was typed, by its ISO 639 code.</summary>
    public string? Language { get; init; }

    /// <summary>What they must not show, a thing each.</summary>
    public IReadOnlyList<string?>? Without { get; init; }

    /// <summary>The first day on which they were taken, as <c>2019-05-31</c>.</summary>
    public string? TakenFrom { get; init; }

    /// <summary>The last day.</summary>
    public string? TakenTo { get; init; }

    /// <summary>Where: degrees north.</summary>
    public double? Latitude { get; init; }

    /// <summary>Where: degrees east.</summary>
    public double? Longitude { get; init; }

    /// <summary>How far from there at most.</summary>
    public double? Kilometres { get; init; }

    /// <summary>Makers or models of cameras and lenses, any of them.</summary>
    public IReadOnlyList<string?>? Cameras { get; init; }

    /// <summary>Formats of the files, any of them.</summary>
    public IReadOnlyList<string?>? Formats { get; init; }

    /// <summary>Colours that cover a part of them, each.</summary>
    public IReadOnlyList<string?>? Colours { get; init; }

    /// <summary>Stars, at least.</summary>
    public double? LeastRating { get; init; }

    /// <summary>Pixels across, at least.</summary>
    public double? LeastWidth { get; init; }

    /// <summary>Pixels down, at least.</summary>
    public double? LeastHeight { get; init; }

    /// <summary>Newest or oldest first, or each unlike the others.</summary>
    public string? Sort { get; init; }

    /// <summary>Of which groups the best alone are wanted: folder, day or camera.</summary>
    public string? GroupBy { get; init; }

    /// <summary>How many of each group.</summary>
    public double? PerGroup { get; init; }

    /// <summary>What was asked for and has no member here.</summary>
    public IReadOnlyList<string?>? Unsupported { get; init; }
}
