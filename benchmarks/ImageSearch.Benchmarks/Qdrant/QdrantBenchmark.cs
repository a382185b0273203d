using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using ImageSearch.Collections;
using ImageSearch.Collections.Qdrant;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Benchmarks.Qdrant;

/// <summary>What the client of Qdrant costs by itself: processor time of a point written, time and processor time of a query.</summary>
internal static class QdrantBenchmark
{
    private const int Dimension = 1024;
    private const int Batch = 100;
    private const int Warm = 1_000;
    private const int Queries = 2_000;
    private const int Hits = 10;

    private static readonly string[] Vocabulary = ["beach", "sunset", "family", "holiday", "rome", "city", "night", "dogs", "running", "flowers", "garden", "winter"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 20_000;
        using var tokenizer = new WordTokenizer();
        var random = new Random(1);
        ImagePoint[] points = [.. Enumerable.Range(0, Batch).Select(number => Point(number, random))];
        using var sink = await SinkProcess.StartAsync(("/query", SinkProcess.Found(points.Take(Hits), 1, tokenizer)), ("", SinkProcess.Written));
        using var client = new QdrantClient(new QdrantClientOptions { Address = sink.Address }, TimeProvider.System);
        Console.WriteLine($"{Dimension} numbers a vector, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        await WriteAsync(client, tokenizer, points, Warm);
        await MeasureWritesAsync(client, tokenizer, points, count);
        await MeasureQueriesAsync(client, points);
        return 0;
    }

    private static async Task MeasureWritesAsync(QdrantClient client, WordTokenizer tokenizer, ImagePoint[] points, int count)
    {
        var (processor, started) = (ProcessorTime(), Stopwatch.GetTimestamp());
        var bytes = await WriteAsync(client, tokenizer, points, count);
        var (used, elapsed) = (ProcessorTime() - processor, Stopwatch.GetElapsedTime(started));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"write: {used.TotalMilliseconds / count:0.000} ms of processor a point, {count / elapsed.TotalSeconds:0} points/s, {bytes / count} bytes a point, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
    }

    private static async Task<long> WriteAsync(QdrantClient client, WordTokenizer tokenizer, ImagePoint[] points, int count)
    {
        var bytes = 0L;
        for (var written = 0; written < count; written += points.Length)
        {
            var tokens = tokenizer.Split(Array.ConvertAll(points, point => point.Payload.Words));
            var buffer = new ArrayBufferWriter<byte>(points.Length * 2048);
            PointStruct[] batch = [.. points.Zip(tokens, (point, words) => PointEncoding.Encode(point, words, buffer))];
            _ = await client.UpsertAsync("bench", batch, CancellationToken.None);
            bytes += batch.Sum(QdrantClient.BytesOf);
        }

        return bytes;
    }

    private static async Task MeasureQueriesAsync(QdrantClient client, ImagePoint[] points)
    {
        Assert(QdrantAddress.TryParse("qdrant://localhost/bench", out var address));
        var query = new QueryPoints
        {
            Query = new Vector.Dense(points[0].Vector),
            Using = PointFields.Picture,
            Limit = Hits,
            WithPayload = QdrantSession.Facts,
        };
        var times = new List<double>(Queries);
        var processor = TimeSpan.Zero;
        for (var i = 0; i < Queries + 200; i++)
        {
            processor = i == 200 ? ProcessorTime() : processor;
            var started = Stopwatch.GetTimestamp();
            var found = await client.QueryBatchAsync("bench", [query], CancellationToken.None);
            Assert(found[0].Select(hit => PointDecoding.Decode(hit, address!)).Count() == Hits);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var used = ProcessorTime() - processor;
        times.RemoveRange(0, 200);
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"query: p50 {times[Queries / 2]:0.00} ms, p95 {times[Queries * 95 / 100]:0.00} ms there and back, {used.TotalMilliseconds / Queries:0.00} ms of processor, {Hits} hits with payloads"));
    }

    private static ImagePoint Point(int number, Random random)
    {
        var vector = new float[Dimension];
        for (var i = 0; i < Dimension; i++)
        {
            vector[i] = (float)((random.NextDouble() * 2) - 1);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        var path = $"2024/rome/day {number % 7}/IMG_{number:D5}.jpg";
        return new ImagePoint(PointId(path), vector, new ImagePayload
        {
            Library = "photos",
            Path = path,
            Sha256 = new string('a', 64),
            Bytes = 3_000_000,
            Modified = DateTimeOffset.UnixEpoch,
            Width = 4000,
            Height = 3000,
            Format = "jpeg",
            TakenAt = new DateTime(2024, 5, 6, 7, 8, 9),
            Camera = "Canon EOS R5",
            Latitude = 41.9,
            Longitude = 12.5,
            Tags = ["holiday", "family"],
            Colours = [new("blue", 0.5f), new("grey", 0.3f)],
            PerceptualHash = (ulong)random.NextInt64(),
            Words = string.Join(' ', Enumerable.Range(0, 12).Select(_ => Vocabulary[random.Next(Vocabulary.Length)])),
            Model = "bench",
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }

    private static Guid PointId(string path) => ImageSearch.Collections.PointId.Of("photos", path);

    private static void Assert(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The answer is not the one that the sink was given.");
        }
    }

    private static TimeSpan ProcessorTime() => Process.GetCurrentProcess().TotalProcessorTime;
}
