using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Imaging.Native;
using ImageSearch.Indexing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Benchmarks.Indexing;

/// <summary>
/// Indexes many small files with the offline model, then indexes them again unchanged, each run in a process of its own whose
/// resident memory is read ten times on the way.
/// </summary>
internal static class IndexingBenchmark
{
    private const int DefaultCount = 100_000;
    private const int FilesInFolder = 500;
    private const int Side = 32;
    private const int Samples = 10;

    internal static async Task<int> RunAsync(string[] args)
    {
        if (args is ["run", var home, var folder])
        {
            return await RunOnceAsync(home, folder);
        }

        var count = args is ["--count", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultCount;
        var temporary = Directory.CreateTempSubdirectory("imagesearch-bench-");
        try
        {
            var photos = Path.Combine(temporary.FullName, "photos");
            var bytes = WritePictures(photos, count);
            var text = new StringBuilder();
            text.AppendLine(CultureInfo.InvariantCulture, $"# Index {count:N0} small files with the offline model, then again");
            text.AppendLine();
            text.AppendLine("`dotnet run -c Release --project benchmarks/ImageSearch.Benchmarks -- indexing`");
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"""
                {count:N0} different JPEGs of {Side} x {Side} pixels, {bytes / (double)count:N0} bytes on average, {FilesInFolder} in a folder. Each run is a process of its
                own. Resident memory is read {Samples} times, at equal numbers of files; the ratio is the largest of the last quarter to the
                largest of the second. {Environment.ProcessorCount} processors, {DateTime.UtcNow:yyyy-MM-dd}.

                | run | seconds | files a second | embedded | resident MB, ten times on the way | peak MB | last to second quarter |
                |---|---|---|---|---|---|---|
                """);
            foreach (var run in new[] { "first", "again, unchanged" })
            {
                text.AppendLine($"| {run} | {RunChild(Path.Combine(temporary.FullName, "home"), photos)} |");
            }

            BenchmarkResults.Write("indexing.md", text.ToString());
            return 0;
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>One run; prints the cells of its row.</summary>
    private static async Task<int> RunOnceAsync(string homeFolder, string folder)
    {
        var total = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();
        var watch = Stopwatch.StartNew();
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = homeFolder }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, CancellationToken.None);
        var library = home.Libraries.FindOrAdd(folder);
        using var ledger = home.OpenLedger(library);
        var indexer = home.IndexerOf(collection, ledger, NullLogger<ImageIndexer>.Instance);
        var tally = new IndexTally();
        var memory = new List<long>();
        await foreach (var result in indexer.IndexAsync(library))
        {
            tally.Add(result);
            if (tally.Summary.Found >= (memory.Count + 1L) * total / Samples)
            {
                memory.Add(Environment.WorkingSet);
            }
        }

        using var process = Process.GetCurrentProcess();
        var seconds = watch.Elapsed.TotalSeconds;
        var second = memory.Skip(Samples / 4).Take(Samples / 4).Max();
        var last = memory.Skip(Samples * 3 / 4).Max();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:0.0} | {total / seconds:N0} | {tally.Summary.Embedded:N0} | {string.Join(' ', memory.Select(bytes => bytes >> 20))} | {process.PeakWorkingSet64 >> 20} | {last / (double)second:0.00}"));
        return tally.Summary.Found == total && tally.Summary.Failed == 0 ? 0 : 1;
    }

    private static string RunChild(string home, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(IndexingBenchmark).Assembly.Location);
        }

        foreach (var argument in new[] { "indexing", "run", home, folder })
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var row = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit();
        return child.ExitCode == 0 ? row : throw new InvalidOperationException($"The run failed: {row}");
    }

    /// <summary>Writes blobs of colour that differ from each other, and returns their size together.</summary>
    internal static long WritePictures(string folder, int count)
    {
        // libvips must be started before its operations are called directly.
        _ = ImageLibrary.Version;
        var bytes = 0L;
        Parallel.For(0, count, i =>
        {
            var random = new Random(i);
            var rgb = new byte[Side * Side * 3];
            var (from, to) = (new byte[3], new byte[3]);
            random.NextBytes(from);
            random.NextBytes(to);
            for (var j = 0; j < rgb.Length; j++)
            {
                var share = (j / 3 / Side) + random.Next(Side / 4);
                rgb[j] = (byte)(from[j % 3] + ((to[j % 3] - from[j % 3]) * share / (Side * 5 / 4)));
            }

            using var image = VipsImage.FromPixels(new ImagePixels(Side, Side, rgb));
            using var save = new VipsOperation("jpegsave_buffer");
            save.SetImage("in", image);
            save.Set("Q=85");
            var jpeg = save.RunToBytes();
            var path = Path.Combine(folder, $"{i / FilesInFolder:D3}", $"{i:D6}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, jpeg);
            Interlocked.Add(ref bytes, jpeg.Length);
        });
        return bytes;
    }
}
