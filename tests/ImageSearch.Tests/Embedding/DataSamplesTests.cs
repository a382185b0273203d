using System.Security.Cryptography;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Embedding;

/// <summary>The repository's own pictures are what their papers say.</summary>
public sealed class DataSamplesTests
{
    private const string Broken = "travel/hungary/IMG_2035.jpg";
    private const long MostBytes = 4 << 20;

    private static readonly string[] Pictures =
    [
        .. Directory.EnumerateFiles(DataSamples.Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(DataSamples.Folder, path))
            .Where(path => path is not ("SOURCES.md" or "labels.tsv"))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> WholePictures => [.. Pictures.Where(path => path != Broken)];

    [Fact]
    public void Every_file_has_its_source_and_its_hash()
    {
        var stated = File.ReadLines(DataSamples.PathOf("SOURCES.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(columns => columns.Length > 3 && columns[2].Length == 64)
            .Select(columns => (Path: columns[1], Sha256: columns[2]))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal);

        var actual = Pictures.Select(path => (path, Convert.ToHexStringLower(SHA256.HashData(DataSamples.Read(path)))));

        Assert.Equal(actual, stated);
    }

    [Fact]
    public void They_are_few_and_small()
    {
        Assert.InRange(Pictures.Length, 20, 32);
        Assert.InRange(Pictures.Sum(path => new FileInfo(DataSamples.PathOf(path)).Length), 1, MostBytes);
    }

    [Theory]
    [MemberData(nameof(WholePictures))]
    public void Every_picture_but_the_broken_one_decodes(string path)
    {
        var pixels = ImageDecoder.Decode(DataSamples.Read(path), 64, ImageLimits.Default);

        Assert.Equal(64, Math.Max(pixels.Width, pixels.Height));
    }

    [Fact]
    public void The_broken_one_is_refused_as_truncated()
    {
        var refused = Assert.Throws<ImageFormatException>(() => ImageDecoder.Decode(DataSamples.Read(Broken), 64, ImageLimits.Default));

        Assert.Equal(ImageRefusal.Truncated, refused.Refusal);
    }

    [Fact]
    public void There_are_five_formats_and_three_orientations_beside_the_upright()
    {
        var infos = Pictures.Select(path => ImageIdentifier.Identify(DataSamples.Read(path), ImageLimits.Default)).ToArray();

        Assert.Equal(
            [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Gif, ImageFormat.Webp, ImageFormat.Tiff],
            infos.Select(info => info.Format).Distinct().Order());
        Assert.Equal([1, 3, 6, 8], infos.Select(info => info.Orientation).Distinct().Order());
    }

    [Fact]
    public void One_is_an_exact_copy_and_one_a_near_copy()
    {
        Assert.Equal(DataSamples.Read("food/coffee.jpg"), DataSamples.Read("food/coffee (copy).jpg"));

        var distance = PerceptualHash.Distance(HashOf("pets/chelsea.jpg"), HashOf("edited/chelsea-small.jpg"));
        Assert.InRange(distance, 0, 8);

        static ulong HashOf(string path) => ImageDecoder.Analyse(DataSamples.Read(path), ImageLimits.Default).PerceptualHash;
    }

    [Fact]
    public void The_embedded_facts_can_be_read()
    {
        var windmill = MetadataOf("travel/windmill.jpg");
        Assert.Equal(new DateTime(2023, 6, 11, 10, 24, 5), windmill.TakenAt);
        Assert.Equal(TimeSpan.FromHours(1), windmill.TakenAtOffset);
        Assert.Equal("Lumen A1", windmill.Camera);
        Assert.Equal(52.2317, windmill.Latitude!.Value, 3);
        Assert.Equal(-1.4745, windmill.Longitude!.Value, 3);
        Assert.Equal(4, windmill.Rating);
        Assert.Equal("Chesterton Windmill", windmill.Title);
        Assert.Equal(["windmill", "Warwickshire", "England"], windmill.Keywords);

        Assert.Equal("The dam on the river at Békés", MetadataOf("travel/hungary/dam.jpg").Description);
        Assert.Equal("Northlight 400mm f/5.6", MetadataOf("wildlife/moose.jpg").Lens);
        Assert.Equal("Greek coins from Pompeii", MetadataOf("museum/coins.tif").Title);
        Assert.Null(MetadataOf("edited/chelsea-small.jpg").TakenAt);
    }

    [Fact]
    public void Every_labelled_query_parses_and_its_answers_are_there()
    {
        var labels = File.ReadLines(DataSamples.PathOf("labels.tsv")).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).ToArray();

        Assert.InRange(labels.Length, 12, 20);
        Assert.All(labels, columns =>
        {
            _ = QueryParser.Parse(columns[0]);
            Assert.NotEmpty(columns[1..]);
            Assert.All(columns[1..], path => Assert.Contains(path, Pictures));
        });
    }

    private static ImageMetadata MetadataOf(string path)
    {
        var bytes = DataSamples.Read(path);
        return ImageMetadataReader.Read(bytes, ImageIdentifier.Identify(bytes, ImageLimits.Default));
    }
}
