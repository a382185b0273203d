using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Answers;

/// <summary>The facts about an indexed picture as JSON. What is not known is absent.</summary>
public record JsonPicture
{
    /// <summary>Id of the picture's point.</summary>
    public required Guid Id { get; init; }

    /// <summary>Absolute path of the file; absent where files are not told.</summary>
    public string? File { get; init; }

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

    /// <summary>The model that made it.</summary>
    public string? CaptionModel { get; init; }

    /// <summary>What the model read in the picture.</summary>
    public string? VisibleText { get; init; }

    /// <summary>Keywords.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Named colours, largest share first.</summary>
    public required IReadOnlyList<JsonColour> Colours { get; init; }

    /// <summary>The JSON shape of a picture, without the path of its file.</summary>
    public static JsonPicture Of(ImagePayload picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new JsonPicture
        {
            Id = PointId.Of(picture.Library, picture.Path),
            Library = picture.Library,
            Path = picture.Path,
            Sha256 = picture.Sha256,
            Bytes = picture.Bytes,
            Format = picture.Format,
            Width = picture.Width,
            Height = picture.Height,
            TakenAt = TakenAtOf(picture),
            TakenAtSource = picture.TakenAtSource,
            Camera = picture.Camera,
            Lens = picture.Lens,
            Latitude = picture.Latitude,
            Longitude = picture.Longitude,
            Rating = picture.Rating,
            Title = picture.Title,
            Description = picture.Description,
            Caption = picture.Caption,
            CaptionModel = picture.CaptionModel,
            VisibleText = picture.VisibleText,
            Tags = picture.Tags,
            Colours = [.. picture.Colours.Select(colour => new JsonColour(colour.Name, Math.Round(colour.Share, 3)))],
        };
    }

    /// <summary>The time of a picture as JSON and CSV have it, or null.</summary>
    public static string? TakenAtOf(ImagePayload picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.TakenAt is not { } taken)
        {
            return null;
        }

        return picture.TakenAtOffset is { } offset
            ? new DateTimeOffset(DateTime.SpecifyKind(taken, DateTimeKind.Unspecified), offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)
            : taken.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }
}
