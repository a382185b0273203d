using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageSearch.Benchmarks.Qdrant;
using ImageSearch.Collections;
using ImageSearch.Collections.Qdrant;
using ImageSearch.Indexing;

namespace ImageSearch.Benchmarks.Million;

/// <summary>Fills one collection in this process, searches it, and prints what was measured as a line of JSON.</summary>
internal static class MillionRun
{
    /// <summary>The argument that makes the benchmark this run.</summary>
    public const string Verb = "million-run";

    private const int Questions = 200;
    private const int Hits = 100;
    private static readonly int Batch = new ImageIndexerOptions().BatchSize;

    /// <summary>Arguments: embedded or qdrant, and the number of points.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var measured = arguments[0] == "embedded" ? await EmbeddedAsync(count) : await QdrantAsync(count);
        Console.WriteLine(JsonSerializer.Serialize(measured));
        return 0;
    }

    private static async Task<MillionMeasured> EmbeddedAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        try
        {
            await using var collection = await EmbeddedCollection.OpenAsync(folder, LibraryPoints.Fingerprint, CollectionAccess.Write, TimeProvider.System, default);
            var measured = await MeasureAsync("embedded", collection, count);
            var info = await collection.InfoAsync(default);
            return measured with { Codes = info.CodeBytes, OnDisk = info.BytesOnDisk };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<MillionMeasured> QdrantAsync(int count)
    {
        using var tokenizer = new WordTokenizer();
        var card = new CollectionCard(CollectionCard.KnownFormat, Guid.Empty, LibraryPoints.Fingerprint.Model, LibraryPoints.Dimension, LibraryPoints.Fingerprint.Preparation, DateTimeOffset.UnixEpoch);
        using var sink = await SinkProcess.StartAsync(
            ("GET / ", """{"title":"qdrant","version":"1.19.0"}"""),
            ("GET /collections/", $$$"""{"result":{"segments_count":1,"config":{"params":{"vectors":{}},"metadata":{{{card.ToMetadata()}}}}},"status":"ok","time":0.001}"""),
            ("/query", SinkProcess.Found(new LibraryPoints().Make(0, Hits), 1, tokenizer)),
            ("", SinkProcess.Written));
        var address = QdrantAddress.TryParse($"qdrant://{sink.Address.Authority}/bench", out var parsed) ? parsed : throw new InvalidOperationException($"{sink.Address} is no address.");
        await using var collection = await QdrantCollection.OpenAsync(address, apiKey: null, LibraryPoints.Fingerprint, CollectionAccess.Write, TimeProvider.System, default);
        return await MeasureAsync("on a server", collection, count);
    }

    private static async Task<MillionMeasured> MeasureAsync(string kind, IImageCollection collection, int count)
    {
        using var memory = new ProcessMemory();
        var points = new LibraryPoints();
        var writing = TimeSpan.Zero;
        for (var first = 0; first < count; first += Batch)
        {
            var batch = points.Make(first, Math.Min(Batch, count - first));
            var started = Stopwatch.GetTimestamp();
            await collection.UpsertAsync(batch, default);
            writing += Stopwatch.GetElapsedTime(started);
        }

        var (own, processor, tidying) = (ProcessMemory.Own, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await collection.CompactAsync(default);
        var tidy = Stopwatch.GetElapsedTime(tidying);
        var questions = points.Questions(Questions).ToList();
        var byMeaning = await SearchAsync(collection, questions.Select(question => new CollectionQuery { Vector = question.Vector, Limit = Hits }));
        var byWords = await SearchAsync(collection, questions.Select(question => new CollectionQuery { Words = question.Words, Limit = Hits }));
        return new MillionMeasured(
            kind, count, writing.TotalSeconds, processor.TotalSeconds, tidy.TotalSeconds, memory.PeakOwn, memory.PeakManaged, own, ProcessMemory.OfFiles,
            ProcessMemory.PeakResident, Codes: 0, OnDisk: 0, byMeaning, byWords);
    }

    private static async Task<SearchTimes> SearchAsync(IImageCollection collection, IEnumerable<CollectionQuery> queries)
    {
        var times = new List<double>(Questions);
        foreach (var query in queries)
        {
            var started = Stopwatch.GetTimestamp();
            var found = await collection.SearchAsync(query, default);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (found.ByMeaning.Count + found.ByWords.Count == 0)
            {
                throw new InvalidOperationException("A search found nothing.");
            }
        }

        times.Sort();
        return new SearchTimes(times[Questions / 2], times[Questions * 95 / 100]);
    }
}
