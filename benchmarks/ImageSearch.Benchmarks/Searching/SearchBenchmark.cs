using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Searching;

namespace ImageSearch.Benchmarks.Searching;

/// <summary>How long an answer takes within one process: query text, embedding, both signals, fusion, copies, notes.</summary>
internal static class SearchBenchmark
{
    private const int Queries = 200;
    private const int Clusters = 100;

    // As many different words as a library of photographs with folders and keywords has; their frequencies fall off as in language.
    private const int Vocabulary = 5_000;
    private const int WordsOfPicture = 12;

    private static readonly (string Name, Func<Random, string> Query)[] Kinds =
    [
        ("three words", random => $"{Word(random)} {Word(random)} {Word(random)}"),
        ("three words, filtered", random => $"{Word(random)} {Word(random)} {Word(random)} type:png after:2020"),
        ("exact text", random => $"\"{Word(random)}\""),
        ("filters alone", _ => "type:png after:2020"),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        try
        {
            var fingerprint = new CollectionFingerprint(OfflineEmbeddingGenerator.ModelId, OfflineEmbeddingGenerator.Dimension, "1");
            await using var collection = await EmbeddedCollection.OpenAsync(folder, fingerprint, CollectionAccess.Write, TimeProvider.System, default);
            await FillAsync(collection, count);
            await MeasureAsync(collection, count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(EmbeddedCollection collection, int count)
    {
        using var embedder = new OfflineEmbeddingGenerator(ImageLimits.Default);
        var files = new QueryPictureFiles([], Path.GetTempPath(), ImageLimits.Default);
        var searcher = new ImageSearcher(collection, embedder, files.ReadAsync, TimeProvider.System);
        Console.WriteLine($"{count} points, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Console.WriteLine("| query | p50 ms | p95 ms | max ms | processor ms a query |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        _ = await searcher.SearchAsync(QueryParser.Parse("word1"));
        foreach (var (name, query) in Kinds)
        {
            var random = new Random(2);
            var times = new List<double>();
            var processor = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Queries; i++)
            {
                var started = Stopwatch.GetTimestamp();
                _ = await searcher.SearchAsync(QueryParser.Parse(query(random)));
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            processor = Environment.CpuUsage.TotalTime - processor;
            times.Sort();
            Console.WriteLine(
                $"| {name} | {times[Queries / 2]:0.00} | {times[Queries * 95 / 100]:0.00} | {times[^1]:0.00} | {processor.TotalMilliseconds / Queries:0.00} |");
        }
    }

    private static async Task FillAsync(EmbeddedCollection collection, int count)
    {
        var random = new Random(1);
        var centres = Enumerable.Range(0, Clusters).Select(_ => Gaussian(random)).ToArray();
        foreach (var batch in Enumerable.Range(0, count).Chunk(1_000))
        {
            await collection.UpsertAsync([.. batch.Select(number => Point(number, centres[random.Next(Clusters)], random))], default);
        }
    }

    private static ImagePoint Point(int number, float[] centre, Random random)
    {
        var vector = Gaussian(random);
        TensorPrimitives.Add(vector, centre, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        var path = $"{number % 50}/{number}.jpg";
        return new ImagePoint(PointId.Of("bench", path), vector, new ImagePayload
        {
            Library = "bench",
            Path = path,
            Sha256 = number.ToString("x64", CultureInfo.InvariantCulture),
            Bytes = 1_000_000,
            Modified = DateTimeOffset.UnixEpoch,
            Width = 4000,
            Height = 3000,
            Format = number % 4 == 0 ? "png" : "jpeg",
            TakenAt = new DateTime(2015, 1, 1).AddMinutes(random.Next(5_000_000)),
            Words = string.Join(' ', Enumerable.Range(0, WordsOfPicture).Select(_ => Word(random))),
            Model = OfflineEmbeddingGenerator.ModelId,
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }

    private static string Word(Random random) => $"word{(int)Math.Pow(Vocabulary, random.NextDouble())}";

    private static float[] Gaussian(Random random)
    {
        var vector = new float[OfflineEmbeddingGenerator.Dimension];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
        }

        return vector;
    }
}
