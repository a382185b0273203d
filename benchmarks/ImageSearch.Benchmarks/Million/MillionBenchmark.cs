using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ImageSearch.Benchmarks.Million;

/// <summary>How much memory a process takes that writes a million points through <c>IImageCollection</c>, of either kind.</summary>
internal static class MillionBenchmark
{
    private const int DefaultCount = 1_000_000;
    private const long Goal = 500_000_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultCount;
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var embedded = await MeasureAsync("embedded", count);
        var served = await MeasureAsync("qdrant", count);
        BenchmarkResults.Write("million.md", Report(load, [embedded, served]));
        return 0;
    }

    private static async Task<MillionMeasured> MeasureAsync(string kind, int count)
    {
        using var run = Process.Start(BenchmarkProcess.Of([MillionRun.Verb, kind, count.ToString(CultureInfo.InvariantCulture)]))!;
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return run.ExitCode == 0
            ? JsonSerializer.Deserialize<MillionMeasured>(output)!
            : throw new InvalidOperationException($"The run of {kind} ended with {run.ExitCode}.");
    }

    private static string Report(string load, IReadOnlyList<MillionMeasured> runs)
    {
        var count = runs[0].Points;
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # {count:N0} points through `IImageCollection`

            `./imagesearch bench million{(count == DefaultCount ? "" : $" {count}")}`

            Made-up points of 1,024 numbers with the payload of a photograph (path, time, camera, place, tags, some fifteen words) are written in the
            indexer's batches of 256, tidied up and searched, each kind in a process of its own. The embedded collection writes its own files. The one
            on a server talks to a process that reads every request and answers at once, so that all memory and time are the client's. Memory is read
            ten times a second from `/proc/self/status`: *its own* is RssAnon; pages of mapped files, which are the index itself (vectors and their
            codes), are counted apart, and the system takes them back when it needs memory. Words are asked for as often as they occur, so that most
            queries have one that stands in a tenth to six tenths of all pictures. {Environment.ProcessorCount} processors, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd}; load when it began {load},
            that of other work.

            """));
        text.AppendLine();
        Row(text, "", run => run.Collection);
        text.AppendLine(string.Concat("| --- ", string.Concat(runs.Select(_ => "| ---: ")), "|"));
        Row(text, "**most memory of its own**", run => $"**{Megabytes(run.PeakOwn)}**");
        Row(text, "of that, most of the managed heap", run => Megabytes(run.PeakManaged));
        Row(text, "memory of its own when all was written", run => Megabytes(run.OwnAfterWrites));
        Row(text, "mapped files at the end", run => Megabytes(run.OfFiles));
        Row(text, "codes of the vectors, among them", run => run.Codes == 0 ? "" : Megabytes(run.Codes));
        Row(text, "most memory, mapped files too", run => Megabytes(run.PeakResident));
        Row(text, "files of the collection", run => run.OnDisk == 0 ? "" : Megabytes(run.OnDisk));
        Row(text, "points a second, within writes", run => Number(run.Points / run.WriteSeconds, "N0"));
        Row(text, "processor time a point, its making too", run => Number(run.ProcessorSeconds * 1000 / run.Points, "0.000") + " ms");
        Row(text, "tidying at the end", run => Number(run.TidySeconds, "0.0") + " s");
        Row(text, "100 hits by meaning, p50 / p95", run => Times(run.ByMeaning));
        Row(text, "100 hits by three words, p50 / p95", run => Times(run.ByWords));
        text.AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"The goal, under {Megabytes(Goal)} beyond the index itself, is {(runs.Max(run => run.PeakOwn) < Goal ? "met by both" : "not met")}.\n");
        return text.ToString();

        void Row(StringBuilder table, string name, Func<MillionMeasured, string> value) => table.AppendLine($"| {name} | {string.Join(" | ", runs.Select(value))} |");
    }

    private static string Megabytes(long bytes) => Number(bytes / 1e6, "N0") + " MB";

    private static string Times(SearchTimes times) => $"{Number(times.Median, "0.0")} / {Number(times.Slow, "0.0")} ms";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
