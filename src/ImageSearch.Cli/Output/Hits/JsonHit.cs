using System.Globalization;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>A hit as JSON: the one shape of it, in documents and in lines.</summary>
internal sealed record JsonHit
{
    /// <summary>The place in the whole answer, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>How relevant the picture is, 0…1; absent where nothing was ranked.</summary>
    public double? Score { get; init; }

    /// <summary>Absolute path of the file.</summary>
    public required string File { get; init; }

    /// <summary>Name of the library.</summary>
    public required string Library { get; init; }

    /// <summary>Path below the library's root.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Format, for example <c>jpeg</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Upright width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Upright height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>When it was taken, by the camera's clock; with its offset from UTC where that is known.</summary>
    public string? TakenAt { get; init; }

    /// <summary>How sure that time is: <c>exif</c>, <c>xmp</c>, <c>iptc</c>, <c>name</c> or <c>modified</c>.</summary>
    public string? TakenAtSource { get; init; }

    /// <summary>Camera.</summary>
    public string? Camera { get; init; }

    /// <summary>Lens.</summary>
    public string? Lens { get; init; }

    /// <summary>Latitude in degrees.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude in degrees.</summary>
    public double? Longitude { get; init; }

    /// <summary>Stars, 0 to 5.</summary>
    public int? Rating { get; init; }

    /// <summary>Embedded title.</summary>
    public string? Title { get; init; }

    /// <summary>Embedded description.</summary>
    public string? Description { get; init; }

    /// <summary>Caption made by a model.</summary>
    public string? Caption { get; init; }

    /// <summary>Keywords.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Named colours, largest share first.</summary>
    public required IReadOnlyList<JsonColour> Colours { get; init; }

    /// <summary>Other files with the same bytes.</summary>
    public required IReadOnlyList<string> OtherFiles { get; init; }

    /// <summary>The group that the hit stands for; absent unless groups were asked for.</summary>
    public JsonGroup? Group { get; init; }

    /// <summary>What each signal says.</summary>
    public required IReadOnlyList<JsonSignal> Why { get; init; }

    /// <summary>The JSON shape of a hit.</summary>
    public static JsonHit Of(SearchHit hit, LibraryFiles files) => new()
    {
        Rank = hit.Rank,
        Score = Rounded(hit.Score),
        File = files.PathOf(hit.Picture),
        Library = hit.Picture.Library,
        Path = hit.Picture.Path,
        Sha256 = hit.Picture.Sha256,
        Bytes = hit.Picture.Bytes,
        Format = hit.Picture.Format,
        Width = hit.Picture.Width,
        Height = hit.Picture.Height,
        TakenAt = TakenAtOf(hit),
        TakenAtSource = hit.Picture.TakenAtSource,
        Camera = hit.Picture.Camera,
        Lens = hit.Picture.Lens,
        Latitude = hit.Picture.Latitude,
        Longitude = hit.Picture.Longitude,
        Rating = hit.Picture.Rating,
        Title = hit.Picture.Title,
        Description = hit.Picture.Description,
        Caption = hit.Picture.Caption,
        Tags = hit.Picture.Tags,
        Colours = [.. hit.Picture.Colours.Select(colour => new JsonColour(colour.Name, Math.Round(colour.Share, 3)))],
        OtherFiles = [.. hit.OtherPaths.Select(files.PathOf)],
        Group = hit.Group is { } group ? new JsonGroup(group.Name, group.More) : null,
        Why = [.. hit.Why.Select(signal => new JsonSignal(signal.Name, signal.Rank, Math.Round(signal.Score, 4), Math.Round(signal.Contribution, 5)))],
    };

    /// <summary>The time of a hit as JSON and CSV have it, or null.</summary>
    public static string? TakenAtOf(SearchHit hit)
    {
        if (hit.Picture.TakenAt is not { } taken)
        {
            return null;
        }

        return hit.Picture.TakenAtOffset is { } offset
            ? new DateTimeOffset(DateTime.SpecifyKind(taken, DateTimeKind.Unspecified), offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)
            : taken.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static double? Rounded(double? score) => score is { } value ? Math.Round(value, 4) : null;
}
