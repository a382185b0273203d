using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace ImageSearch.Imaging.Metadata;

/// <summary>Makes one answer of the three kinds of metadata: EXIF goes first for facts of the camera, XMP for words of a person.</summary>
internal sealed class MetadataSources(ExifDirectories exif, XmpPacket xmp, IptcFields iptc)
{
    private const int MostKeywords = 64;
    private const int RatingTag = 0x4746;

    private readonly ExifIfd0Directory? _main = exif.Directories.OfType<ExifIfd0Directory>().FirstOrDefault();
    private readonly ExifSubIfdDirectory? _camera = exif.Directories.OfType<ExifSubIfdDirectory>().FirstOrDefault();
    private readonly GpsDirectory? _gps = exif.Directories.OfType<GpsDirectory>().FirstOrDefault();

    internal ImageMetadata Compose()
    {
        var (taken, source) = TakenAt();
        var place = Place();
        return new ImageMetadata
        {
            TakenAt = taken?.Clock,
            TakenAtOffset = taken?.Offset,
            TakenAtSource = source,
            Camera = Camera(),
            Lens = EmbeddedText.Clean(
                _camera?.GetString(ExifDirectoryBase.TagLensModel) ?? xmp.First(XmpPacket.ExifExtended, "LensModel") ?? xmp.First(XmpPacket.Aux, "Lens"),
                EmbeddedText.LongestName),
            Latitude = place?.Latitude,
            Longitude = place?.Longitude,
            Rating = Rating(),
            Title = EmbeddedText.ByAPerson(xmp.First(XmpPacket.Dc, "title"), EmbeddedText.LongestTitle)
                ?? EmbeddedText.ByAPerson(iptc.Title, EmbeddedText.LongestTitle)
                ?? EmbeddedText.ByAPerson(WindowsText(ExifDirectoryBase.TagWinTitle), EmbeddedText.LongestTitle),
            Description = EmbeddedText.ByAPerson(xmp.First(XmpPacket.Dc, "description"), EmbeddedText.LongestDescription)
                ?? EmbeddedText.ByAPerson(iptc.Description, EmbeddedText.LongestDescription)
                ?? EmbeddedText.ByAPerson(_main?.GetString(ExifDirectoryBase.TagImageDescription), EmbeddedText.LongestDescription),
            Keywords = Keywords(),
        };
    }

    private (TakenTime?, string?) TakenAt()
    {
        if ((ExifTime(ExifDirectoryBase.TagDateTimeOriginal, ExifDirectoryBase.TagSubsecondTimeOriginal, ExifDirectoryBase.TagTimeZoneOriginal)
            ?? ExifTime(ExifDirectoryBase.TagDateTimeDigitized, ExifDirectoryBase.TagSubsecondTimeDigitized, ExifDirectoryBase.TagTimeZoneDigitized)) is { } shot)
        {
            return (shot, "exif");
        }

        if ((TakenTime.Parse(xmp.First(XmpPacket.Exif, "DateTimeOriginal"))
            ?? TakenTime.Parse(xmp.First(XmpPacket.Photoshop, "DateCreated"))
            ?? TakenTime.Parse(xmp.First(XmpPacket.Xmp, "CreateDate"))) is { } created)
        {
            return (created, "xmp");
        }

        if (iptc.Created is { } written)
        {
            return (written, "iptc");
        }

        // The time of the last change is the weakest that a camera writes, but better than that of the file.
        var changed = TakenTime.Parse(_main?.GetString(ExifDirectoryBase.TagDateTime));
        return (changed, changed is null ? null : "exif");
    }

    private TakenTime? ExifTime(int time, int subseconds, int offset) =>
        TakenTime.Parse(_camera?.GetString(time), _camera?.GetString(subseconds), _camera?.GetString(offset));

    private string? Camera()
    {
        var make = EmbeddedText.Clean(_main?.GetString(ExifDirectoryBase.TagMake) ?? xmp.First(XmpPacket.Tiff, "Make"), EmbeddedText.LongestName);
        var model = EmbeddedText.Clean(_main?.GetString(ExifDirectoryBase.TagModel) ?? xmp.First(XmpPacket.Tiff, "Model"), EmbeddedText.LongestName);
        if (make is null || model is null)
        {
            return model ?? make;
        }

        // "NIKON CORPORATION" and "NIKON D70" share the maker's first word.
        var brand = make.Split(' ')[0];
        return model.StartsWith(brand, StringComparison.OrdinalIgnoreCase) ? model : $"{make} {model}";
    }

    private (double Latitude, double Longitude)? Place()
    {
        var place = _gps?.GetGeoLocation() is { } location
            ? (location.Latitude, location.Longitude)
            : (Degrees(xmp.First(XmpPacket.Exif, "GPSLatitude")), Degrees(xmp.First(XmpPacket.Exif, "GPSLongitude")));

        // Zero and zero is what receivers write that have no fix; NaN fails every comparison.
        return place is { Item1: >= -90 and <= 90, Item2: >= -180 and <= 180 } and not (0, 0)
            ? (Math.Round(place.Item1, 7), Math.Round(place.Item2, 7))
            : null;
    }

    // XMP writes "48,51.5N" or "48,51,30N".
    private static double Degrees(string? text)
    {
        if (text is not { Length: > 2 and < 40 } || text[^1] is not ('N' or 'S' or 'E' or 'W'))
        {
            return double.NaN;
        }

        double degrees = 0, unit = 1;
        foreach (var part in text[..^1].Split(','))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return double.NaN;
            }

            degrees += value / unit;
            unit *= 60;
        }

        return text[^1] is 'S' or 'W' ? -degrees : degrees;
    }

    private int? Rating()
    {
        if (double.TryParse(xmp.First(XmpPacket.Xmp, "Rating"), NumberStyles.Float, CultureInfo.InvariantCulture, out var stars)
            && stars is >= 0 and <= 5)
        {
            return (int)Math.Round(stars);
        }

        return _main is not null && _main.TryGetInt32(RatingTag, out var rating) && rating is >= 0 and <= 5 ? rating : null;
    }

    private IReadOnlyList<string> Keywords() =>
        [.. xmp.All(XmpPacket.Dc, "subject")
            .Concat(iptc.Keywords)
            .Concat((WindowsText(ExifDirectoryBase.TagWinKeywords) ?? "").Split(';'))
            .Select(keyword => EmbeddedText.Clean(keyword, EmbeddedText.LongestName))
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostKeywords)];

    // Windows writes these tags as UTF-16.
    private string? WindowsText(int tag) =>
        _main?.GetByteArray(tag) is { } bytes ? System.Text.Encoding.Unicode.GetString(bytes).TrimEnd('\0') : null;
}
