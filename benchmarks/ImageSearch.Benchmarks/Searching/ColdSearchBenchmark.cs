using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageSearch.Collections;

namespace ImageSearch.Benchmarks.Searching;

/// <summary>How long <c>imagesearch search</c> takes as a process, from its start to its end, as <c>./imagesearch</c> builds it.</summary>
internal static class ColdSearchBenchmark
{
    private const int DefaultCount = 10_000;
    private const int Runs = 15;
    private const double GoalSeconds = 0.35;

    // Words of the made-up pictures, frequent and rare, with a filter and without.
    private static readonly string[][] Questions =
    [
        ["search", "qf qdd qhjc"],
        ["search", "qf qdd qhjc type:png after:2020"],
        ["search", "type:png after:2020"],
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultCount;
        var program = Path.Combine(BenchmarkResults.Repository, "artifacts", "imagesearch", "ImageSearch.Cli.dll");
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"{program} is not there. Run ./imagesearch setup first.");
            return 2;
        }

        var home = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        try
        {
            var load = Load();
            await FillAsync(home, count);
            Write(load, count, [.. Questions.Select(question => (string.Join(' ', question[1..]), Measure(program, home, question)))]);
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, int count)
    {
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = folder }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, CancellationToken.None);
        await MadeUpPoints.AddAsync(collection, count);
    }

    private static Measured Measure(string program, string home, string[] question)
    {
        var seconds = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var start = new ProcessStartInfo("dotnet", [program, .. question]) { RedirectStandardOutput = true };
            start.Environment["IMAGESEARCH_HOME"] = home;
            var began = Stopwatch.GetTimestamp();
            using var child = Process.Start(start)!;
            var answer = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            seconds[run] = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (child.ExitCode != 0)
            {
                throw new InvalidOperationException($"The search ended with {child.ExitCode}: {answer}");
            }
        }

        Array.Sort(seconds);
        return new Measured(seconds[0], seconds[Runs / 2], seconds[^1]);
    }

    private static void Write(string load, int count, IReadOnlyList<(string Query, Measured Times)> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("# `imagesearch search` as a process");
        text.AppendLine();
        text.AppendLine("`./imagesearch setup`, then `./imagesearch bench searching cold`");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            A collection of {count:N0} made-up pictures of the offline model. Seconds from the start of the process to its end, {Runs} runs one after
            another; the program is compiled ahead of time, as `./imagesearch` builds it. {Environment.ProcessorCount} processors, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd};
            load when it began {load}.

            | query | least | median | most |
            | --- | ---: | ---: | ---: |
            """);
        foreach (var (query, times) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| `{query}` | {times.Least:0.000} | {times.Median:0.000} | {times.Most:0.000} |");
        }

        text.AppendLine();
        var worst = rows.Max(row => row.Times.Median);
        text.Append(CultureInfo.InvariantCulture, $"The goal at 10,000 pictures, under {GoalSeconds} s, is {(worst < GoalSeconds ? "met" : "not met")}.\n");
        BenchmarkResults.Write("searching.md", text.ToString());
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private sealed record Measured(double Least, double Median, double Most);
}
