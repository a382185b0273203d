using System.Globalization;
using ImageSearch.Benchmarks.Searching;
using ImageSearch.Collections;
using ImageSearch.Testing;

namespace ImageSearch.Benchmarks.Million;

/// <summary>Points as a large library of photographs gives them: vectors in clusters, folders by year and event, cameras, places, tags, words.</summary>
internal sealed class LibraryPoints
{
    /// <summary>Numbers in a vector.</summary>
    public const int Dimension = 1024;

    private const int PicturesOfEvent = 200;
    private const int Cameras = 40;
    private const int Tags = 500;

    private readonly ClusteredVectors _vectors = new(Dimension, seed: 1);

    /// <summary>What makes the vectors.</summary>
    public static CollectionFingerprint Fingerprint { get; } = new("made-up", Dimension, "1");

    /// <summary>The points of these numbers; the same numbers give the same points.</summary>
    public ImagePoint[] Make(int first, int count)
    {
        var vectors = new float[count * Dimension];
        _vectors.Pictures(first, vectors);
        return [.. Enumerable.Range(0, count).Select(index => Point(first + index, vectors.AsMemory(index * Dimension, Dimension)))];
    }

    /// <summary>Vectors and words to ask by.</summary>
    public IEnumerable<(ReadOnlyMemory<float> Vector, string[] Words)> Questions(int count)
    {
        var vectors = _vectors.TextQueries(seed: 2, count);
        var random = new Random(3);
        return Enumerable.Range(0, count).Select(index => (
            (ReadOnlyMemory<float>)vectors.AsMemory(index * Dimension, Dimension),
            new[] { MadeUpPoints.Word(random), MadeUpPoints.Word(random), MadeUpPoints.Word(random) }));
    }

    private static ImagePoint Point(int number, ReadOnlyMemory<float> vector)
    {
        var random = new Random(number);
        var (occasion, year) = (number / PicturesOfEvent, 2000 + (number / PicturesOfEvent % 25));
        var path = $"{year}/{MadeUpPoints.Word(new Random(occasion))} {occasion}/IMG_{number:D7}.jpg";
        var hasPlace = random.Next(2) == 0;
        return new ImagePoint(PointId.Of("photos", path), vector, new ImagePayload
        {
            Library = "photos",
            Path = path,
            Sha256 = $"{random.NextInt64():x16}{random.NextInt64():x16}{random.NextInt64():x16}{number:x16}",
            Bytes = 3_000_000 + random.Next(5_000_000),
            Modified = DateTimeOffset.UnixEpoch.AddMinutes(number),
            Width = 4000,
            Height = 3000,
            Format = random.Next(10) == 0 ? "png" : "jpeg",
            TakenAt = new DateTime(year, 1 + (occasion % 12), 1 + (occasion % 28)).AddMinutes(random.Next(1440)),
            TakenAtSource = "exif",
            Camera = $"Camera {random.Next(Cameras)}",
            Lens = "24-70mm f/2.8",
            Latitude = hasPlace ? (random.NextDouble() * 140) - 70 : null,
            Longitude = hasPlace ? (random.NextDouble() * 360) - 180 : null,
            Rating = random.Next(6),
            Tags = [$"tag {random.Next(Tags)}", $"tag {random.Next(Tags)}"],
            Colours = [new("blue", 0.5f), new("grey", 0.3f)],
            PerceptualHash = (ulong)random.NextInt64(),
            Words = string.Create(CultureInfo.InvariantCulture, $"IMG {number} {year} {string.Join(' ', Enumerable.Range(0, 12).Select(_ => MadeUpPoints.Word(random)))}"),
            Model = Fingerprint.Model,
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }
}
