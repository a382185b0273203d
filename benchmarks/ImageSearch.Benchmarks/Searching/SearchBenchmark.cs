using System.Diagnostics;
using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Searching;

namespace ImageSearch.Benchmarks.Searching;

/// <summary>How long an answer takes within one process: query text, embedding, both signals, fusion, copies, notes.</summary>
internal static class SearchBenchmark
{
    private const int Queries = 200;

    private static readonly (string Name, Func<Random, string> Query)[] Kinds =
    [
        ("three words", random => $"{MadeUpPoints.Word(random)} {MadeUpPoints.Word(random)} {MadeUpPoints.Word(random)}"),
        ("three words, filtered", random => $"{MadeUpPoints.Word(random)} {MadeUpPoints.Word(random)} {MadeUpPoints.Word(random)} type:png after:2020"),
        ("exact text", random => $"\"{MadeUpPoints.Word(random)}\""),
        ("filters alone", _ => "type:png after:2020"),
        ("nothing", _ => ""),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["cold", .. var rest])
        {
            return await ColdSearchBenchmark.RunAsync(rest);
        }

        var count = arguments is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        try
        {
            var fingerprint = new CollectionFingerprint(OfflineEmbeddingGenerator.ModelId, OfflineEmbeddingGenerator.Dimension, "1");
            await using var collection = await EmbeddedCollection.OpenAsync(folder, fingerprint, CollectionAccess.Write, TimeProvider.System, default);
            await MadeUpPoints.AddAsync(collection, count);
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
        _ = await searcher.SearchAsync(QueryParser.Parse("qc"));
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
}
