using System.Numerics.Tensors;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Offline;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Microsoft.Extensions.AI;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.Tests.Embedding;

/// <summary>
/// How well the offline embedder finds real pictures. The floors lie a little below what was measured; docs/offline-embedder.md
/// has the figures. The photographs that ask were not among those that the average photograph was derived from.
/// </summary>
public sealed class OfflineQualityTests(ITestOutputHelper output) : IDisposable
{
    private const int Top = 10;

    private readonly WordsEmbeddingGenerator _generator = new(new OfflineEmbeddingGenerator(ImageLimits.Default));

    public void Dispose() => _generator.Dispose();

    [SharedDataFact("photos/caltech101")]
    public async Task A_photograph_finds_others_of_its_class_twelve_times_as_often_as_chance()
    {
        var files = CaltechPhotos.Files;
        var vectors = await CaltechPhotos.Vectors.Value;

        var precision = Enumerable.Range(0, files.Count).Where(at => at % 2 == 1).Average(asking => Rank(vectors, vectors[asking])
            .Where(found => found != asking)
            .Take(Top)
            .Average(found => CaltechPhotos.ClassOf(files[found]) == CaltechPhotos.ClassOf(files[asking]) ? 1.0 : 0));

        const double Chance = 11.0 / 1211;
        output.WriteLine($"precision@10 {precision:0.000}, by chance {Chance:0.000}");
        Assert.True(precision > 12 * Chance, $"precision@10 is {precision:0.000}");
    }

    [SharedDataFact("photos/caltech101")]
    public async Task Unrelated_photographs_have_a_cosine_near_zero()
    {
        var files = CaltechPhotos.Files.Where((_, at) => at % 6 == 1).ToArray();
        var vectors = (await CaltechPhotos.Vectors.Value).Where((_, at) => at % 6 == 1).ToArray();

        var cosines = (
            from left in Enumerable.Range(0, files.Length)
            from right in Enumerable.Range(0, files.Length)
            where CaltechPhotos.ClassOf(files[left]) != CaltechPhotos.ClassOf(files[right])
            select (double)TensorPrimitives.Dot(vectors[left].Span, vectors[right].Span)).ToArray();

        output.WriteLine($"mean {cosines.Average():0.000}, largest {cosines.Max():0.000}");
        Assert.InRange(cosines.Average(), -0.03, 0.03);
    }

    [SharedDataFact("photos/caltech101")]
    public async Task The_name_of_a_class_finds_its_photographs_when_their_folders_say_it()
    {
        var files = CaltechPhotos.Files;
        var classes = files.Select(CaltechPhotos.ClassOf).Distinct().ToArray();
        var stripped = await CaltechPhotos.Vectors.Value;
        ReadOnlyMemory<float>[] named = [.. stripped.Zip(files, (vector, file) => (ReadOnlyMemory<float>)OfflineVector.WithWords(vector.Span, Path.GetRelativePath(CaltechPhotos.Folder, file)))];

        var withNames = await ClassPrecisionAsync(classes, files, named);
        var without = await ClassPrecisionAsync(classes, files, stripped);

        output.WriteLine($"precision@10 with folder names {withNames:0.000}, without {without:0.000}, by chance {1 / 101.0:0.000}");
        Assert.True(withNames > 0.9, $"precision@10 with names is {withNames:0.000}");
        // Without words there is nothing to recognise objects by.
        Assert.InRange(without, 0, 0.05);
    }

    [SharedDataFact("photos/tuxpaint-stamps")]
    public async Task A_caption_finds_its_stamp_by_the_file_name_that_says_the_same()
    {
        var captions = File.ReadLines(SharedData.PathOf("photos", "tuxpaint-stamps.captions.tsv"))
            .Select(line => line.Split('\t'))
            .Where(columns => columns is [_, "en", _])
            .ToArray();
        var files = captions.Select(columns => SharedData.PathOf("photos", columns[0])).ToArray();
        var pictures = await _generator.GenerateAsync(files.Select(file =>
            EmbeddingInput.Picture(File.ReadAllBytes(file), "image/png", Path.GetRelativePath(SharedData.PathOf("photos"), file))));
        ReadOnlyMemory<float>[] vectors = [.. pictures.Select(embedding => embedding.Vector)];
        var queries = await _generator.GenerateAsync(captions.Select(columns => new TextContent(columns[2])));

        var found = Enumerable.Range(0, files.Length).Average(at => Rank(vectors, queries[at].Vector).Take(Top).Contains(at) ? 1.0 : 0);

        output.WriteLine($"found among the first ten: {found:0.000} of {files.Length} stamps, by chance {(double)Top / files.Length:0.000}");
        Assert.True(found > 0.6, $"found is {found:0.000}");
    }

    [SharedDataFact("photos/caltech101")]
    public async Task The_name_of_a_colour_finds_pictures_that_have_it()
    {
        var files = CaltechPhotos.Files;
        var vectors = await CaltechPhotos.Vectors.Value;
        var colours = files.Select(file => ImageDecoder.Analyse(File.ReadAllBytes(file), ImageLimits.Default).Colours).ToArray();

        var precisions = new List<double>();
        foreach (var name in DominantColours.Names)
        {
            var query = Assert.Single(await _generator.GenerateAsync([new TextContent(name)]));
            precisions.Add(Rank(vectors, query.Vector).Take(Top).Average(found => Has(found, name) ? 1.0 : 0));
            output.WriteLine($"{name}: precision@10 {precisions[^1]:0.00}, by chance {Enumerable.Range(0, files.Count).Average(at => Has(at, name) ? 1.0 : 0):0.00}");
        }

        output.WriteLine($"mean {precisions.Average():0.000}");
        Assert.True(precisions.Average() > 0.75, $"precision@10 is {precisions.Average():0.000}");

        bool Has(int at, string name) => colours[at].Any(colour => colour.Name == name && colour.Share >= 0.15f);
    }

    private static IEnumerable<int> Rank(IReadOnlyList<ReadOnlyMemory<float>> vectors, ReadOnlyMemory<float> query) =>
        Enumerable.Range(0, vectors.Count).OrderByDescending(at => TensorPrimitives.Dot(query.Span, vectors[at].Span));

    private async Task<double> ClassPrecisionAsync(string[] classes, IReadOnlyList<string> files, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var queries = await _generator.GenerateAsync(classes.Select(name => new TextContent(name.Replace('_', ' '))));
        return Enumerable.Range(0, classes.Length).Average(at =>
            Rank(vectors, queries[at].Vector).Take(Top).Average(found => CaltechPhotos.ClassOf(files[found]) == classes[at] ? 1.0 : 0));
    }
}
