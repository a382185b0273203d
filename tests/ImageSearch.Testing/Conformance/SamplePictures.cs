using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Collections;

namespace ImageSearch.Testing.Conformance;

/// <summary>Points to fill a collection with, the same in every run.</summary>
public static class SamplePictures
{
    /// <summary>Words in several forms; forms on one line mean the same to a search.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Forms { get; } =
    [
        ["dog", "dogs"],
        ["flower", "flowers"],
        ["run", "runs", "running"],
        ["house", "houses"],
        ["café", "cafe"],
        ["sunset"],
        ["grün"],
        ["собака"],
        ["2024"],
    ];

    private static readonly string[] Libraries = ["photos", "Scans", "phone"];
    private static readonly string[] Folders = ["", "2024", "2024/rome", "2024/Rome/day 1", "2023/rome", "archive/2024_rome", "Ünïcode/家族"];
    private static readonly string[] Formats = ["jpeg", "png", "webp"];
    private static readonly string?[] Cameras = [null, "Canon EOS R5", "NIKON Z 6", "Fujifilm X100%_V"];
    private static readonly string?[] Lenses = [null, "RF24-70mm F2.8 L", "canon 50"];
    private static readonly string[] Tags = ["Holiday", "family", "O'Brien \"quoted\"", "tag,with,commas", "🌻", "日本"];
    private static readonly string[] Colours = ["red", "green", "blue", "grey"];

    /// <summary>A point with little more than a path.</summary>
    public static ImagePoint At(string path, float[] vector, Func<ImagePayload, ImagePayload>? with = null, string library = "photos")
    {
        var payload = new ImagePayload
        {
            Library = library,
            Path = path,
            Sha256 = HashOf($"{library}/{path}"),
            Bytes = 1234,
            Modified = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)),
            Width = 640,
            Height = 480,
            Format = "jpeg",
            Model = "test",
            IndexedAt = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        return new ImagePoint(PointId.Of(library, path), vector, with is null ? payload : with(payload));
    }

    /// <summary>Points whose facts vary in every field that a filter can ask for.</summary>
    public static IReadOnlyList<ImagePoint> Varied(int count, int dimension, Random random) =>
        [.. Enumerable.Range(0, count).Select(number => VariedAt(number, dimension, random))];

    /// <summary>A vector of unit length.</summary>
    public static float[] Vector(int dimension, Random random)
    {
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
        {
            vector[i] = (float)((random.NextDouble() * 2) - 1);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    /// <summary>SHA-256 of a text, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A filter of random conditions that the varied points can satisfy.</summary>
    public static ImageFilter Filter(Random random) =>
        new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(random, 0))]);

    private static ImagePoint VariedAt(int number, int dimension, Random random)
    {
        var folder = Pick(Folders, random);
        var name = $"IMG_{number:D4}{(random.Next(2) == 0 ? " (copy)" : "")}.{(random.Next(2) == 0 ? "JPG" : "jpg")}";
        var hasPlace = random.Next(2) == 0;
        DateTime? taken = random.Next(3) == 0 ? null : new DateTime(2020, 1, 1).AddMinutes(random.Next(4 * 365 * 24 * 60));
        return At(
            folder.Length == 0 ? name : $"{folder}/{name}",
            Vector(dimension, random),
            payload => payload with
            {
                Sha256 = HashOf($"content {number / 2}"),
                Format = Pick(Formats, random),
                Width = random.Next(1, 5) * 1000,
                Height = random.Next(1, 5) * 1000,
                TakenAt = taken,
                TakenAtOffset = taken is null ? null : TimeSpan.FromHours(random.Next(-11, 12)),
                TakenAtSource = taken is null ? null : "exif",
                Camera = Pick(Cameras, random),
                Lens = Pick(Lenses, random),
                Latitude = hasPlace ? (random.NextDouble() * 180) - 90 : null,
                Longitude = hasPlace ? (random.NextDouble() * 360) - 180 : null,
                Rating = random.Next(3) == 0 ? null : random.Next(6),
                Title = random.Next(2) == 0 ? null : "A title",
                Tags = [.. Tags.Where(_ => random.Next(4) == 0)],
                Colours = [.. Colours.Where(_ => random.Next(2) == 0).Select(name => new ColourShare(name, random.Next(1, 11) / 10f))],
                PerceptualHash = (ulong)random.NextInt64() << 1,
                Words = string.Join(Pick([" ", ", ", "-"], random), Enumerable.Range(0, random.Next(6)).Select(_ => Pick(Pick(Forms, random), random))),
            },
            Pick(Libraries, random));
    }

    private static ImageCondition Condition(Random random, int depth) => random.Next(depth < 3 ? 18 : 15) switch
    {
        0 => new ImageCondition.InLibrary(Pick(["photos", "SCANS", "none"], random)),
        1 => new ImageCondition.PathMatches(Pick(["img_00", "*.jpg", "2024*", "*rome*img_?0*", "????/rome/*", "%", "_", "*_rome*", "家", "[a]"], random)),
        2 => new ImageCondition.InFolder(Pick(["2024", "ROME", "2024/rome", "2024/rome/", "day 1", "ünïcode", "rome/day 1", "archive", "", "%"], random)),
        3 => new ImageCondition.HasFormat(Pick(["JPEG", "png", "gif"], random)),
        4 => new ImageCondition.HasContent(HashOf($"content {random.Next(20)}")),
        5 => new ImageCondition.TakenWithin(
            random.Next(3) == 0 ? null : new DateTime(2020 + random.Next(4), 1 + random.Next(12), 1),
            random.Next(3) == 0 ? null : new DateTime(2021 + random.Next(4), 1 + random.Next(12), 1)),
        6 => new ImageCondition.CameraContains(Pick(["canon", "eos r", "NIKON", "%", "leica", "50"], random)),
        7 => new ImageCondition.Near((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180, random.Next(1, 12_000)),
        8 => new ImageCondition.WidthWithin(random.Next(3) == 0 ? null : random.Next(1, 5) * 1000, random.Next(3) == 0 ? null : random.Next(1, 5) * 1000),
        9 => new ImageCondition.HeightWithin(random.Next(3) == 0 ? null : random.Next(1, 5) * 1000, random.Next(3) == 0 ? null : random.Next(1, 5) * 1000),
        10 => new ImageCondition.RatingWithin(random.Next(3) == 0 ? null : random.Next(6), random.Next(3) == 0 ? null : random.Next(6)),
        11 => new ImageCondition.HasColour(Pick(["red", "GREEN", "blue", "pink"], random), random.Next(0, 11) / 10f),
        12 => new ImageCondition.HasTag(Pick(["holiday", "FAMILY", "o'brien \"quoted\"", "tag,with,commas", "with", "🌻", "日本", "日"], random)),
        13 => new ImageCondition.HasPhrase(Pick(["dog", "DOGS", "flower dog", "house, run", "do", "собака", "ГРÜN", "cafe", ",", ""], random)),
        14 => new ImageCondition.HasWord(Pick(["dog", "Dogs", "running", "houses", "CAFÉ", "собака", "cat", "!"], random)),
        15 or 16 => new ImageCondition.Not(Condition(random, depth + 1)),
        _ => new ImageCondition.Any([.. Enumerable.Range(0, random.Next(4)).Select(_ => Condition(random, depth + 1))]),
    };

    private static T Pick<T>(IReadOnlyList<T> values, Random random) => values[random.Next(values.Count)];
}
