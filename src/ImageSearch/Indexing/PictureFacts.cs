using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>Puts a picture's payload together from its file, its pixels and what it says about itself.</summary>
internal static class PictureFacts
{
    /// <param name="library">Name of the library.</param>
    /// <param name="path">Path below its root.</param>
    /// <param name="file">The file as it was read.</param>
    /// <param name="analysis">Its pixels.</param>
    /// <param name="metadata">What is embedded in it.</param>
    /// <param name="model">The embedding model.</param>
    /// <param name="time">The clock; its zone is that of times taken from the file.</param>
    public static ImagePayload Of(
        string library, string path, StableFile file, ImageAnalysis analysis, ImageMetadata metadata, string model, TimeProvider time) =>
        WithTime(
            new ImagePayload
            {
                Library = library,
                Path = path,
                Sha256 = file.Sha256,
                Bytes = file.Bytes.Length,
                Modified = ModifiedOf(file.Stamp),
                Width = analysis.Info.Width,
                Height = analysis.Info.Height,
                Format = analysis.Info.Format.ToString().ToLowerInvariant(),
                TakenAt = metadata.TakenAt,
                TakenAtOffset = metadata.TakenAtOffset,
                TakenAtSource = metadata.TakenAtSource,
                Camera = metadata.Camera,
                Lens = metadata.Lens,
                Latitude = metadata.Latitude,
                Longitude = metadata.Longitude,
                Rating = metadata.Rating,
                Title = metadata.Title,
                Description = metadata.Description,
                Tags = metadata.Keywords,
                Colours = [.. analysis.Colours.Select(colour => new ColourShare(colour.Name, colour.Share))],
                PerceptualHash = analysis.PerceptualHash,
                Words = string.Join('\n', Texts(path, metadata)),
                Model = model,
                IndexedAt = time.GetUtcNow(),
            },
            file.Stamp,
            time);

    /// <summary>The same picture after only its file's time changed.</summary>
    public static ImagePayload Touched(ImagePayload payload, FileStamp stamp, TimeProvider time) =>
        WithTime(payload with { Modified = ModifiedOf(stamp), IndexedAt = time.GetUtcNow() }, stamp, time);

    /// <summary>Where the picture itself says no time, its name does, and else the file.</summary>
    private static ImagePayload WithTime(ImagePayload payload, FileStamp stamp, TimeProvider time)
    {
        if (payload.TakenAt is not null && payload.TakenAtSource is not "modified")
        {
            return payload;
        }

        if (FileNameDate.Of(Path.GetFileName(payload.Path)) is { } named)
        {
            return payload with { TakenAt = named, TakenAtOffset = null, TakenAtSource = "name" };
        }

        var modified = TimeZoneInfo.ConvertTime(ModifiedOf(stamp), time.LocalTimeZone);
        return payload with { TakenAt = modified.DateTime, TakenAtOffset = modified.Offset, TakenAtSource = "modified" };
    }

    private static DateTimeOffset ModifiedOf(FileStamp stamp) =>
        new(Math.Clamp(stamp.Modified, DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.Zero);

    // Line breaks between the texts keep a phrase from running over from one into the next.
    private static IEnumerable<string> Texts(string path, ImageMetadata metadata) =>
        new[] { PathWords.Of(path), metadata.Title, metadata.Description, string.Join('\n', metadata.Keywords) }
            .OfType<string>().Where(text => text.Length > 0);
}
