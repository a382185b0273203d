using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Benchmarks.Vision;

/// <summary>What a judge does to the plain answer, how soon its verdicts are shown, and how soon it is stopped: the built program against the stand-in.</summary>
internal static class VisionBenchmark
{
    private const int Pairs = 31;
    private const int Runs = 15;
    private const int Interrupted = 130;
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Question = ["search", "espresso on a table", "--limit", "12"];
    private static readonly string[] Judged = [.. Question, "--judge"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length > 0 || !File.Exists(SearchChild.Program))
        {
            Console.Error.WriteLine($"usage: vision, after ./imagesearch setup, which makes {SearchChild.Program}");
            return 2;
        }

        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        var home = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        await using var server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = JudgeScript.Reply });
        var environment = EnvironmentOf(server, home);
        try
        {
            using (var index = new SearchChild(environment, "index", Path.Combine(BenchmarkResults.Repository, "data-samples")))
            {
                // One sample is broken on purpose: 3 says that some files were rejected.
                _ = await index.EndAsync(0, 3);
            }

            var page = await PlainPageAsync(environment);
            var (plain, judged) = await PagesAsync(environment, page);
            Write(load, plain, judged, await FirstVerdictsAsync(server, environment, page), await StopsAsync(server, environment, page));
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static Dictionary<string, string> EnvironmentOf(FakeBedrock server, string home) => new()
    {
        ["IMAGESEARCH_HOME"] = home,
        ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = server.Http1.ToString(),
        ["AWS_ACCESS_KEY_ID"] = "AKIDFAKEBEDROCK",
        ["AWS_SECRET_ACCESS_KEY"] = "fake-secret",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private static async Task<byte[]> PlainPageAsync(Dictionary<string, string> environment)
    {
        using var child = new SearchChild(environment, Question);
        return await child.EndAsync(0);
    }

    /// <summary>Milliseconds from the start of the process until the plain page is on stdout, without and with a judge, in turn.</summary>
    private static async Task<(List<double> Plain, List<double> Judged)> PagesAsync(Dictionary<string, string> environment, byte[] page)
    {
        List<double> plain = [], judged = [];
        for (var run = 0; run < 2 * Pairs; run++)
        {
            // Each goes first as often as the other.
            var isJudged = run % 4 is 1 or 2;
            Forget(environment);
            using var child = new SearchChild(environment, isJudged ? Judged : Question);
            await ReadPageAsync(child, page);
            (isJudged ? judged : plain).Add(child.Milliseconds);
            _ = await child.EndAsync(0);
        }

        return (plain, judged);
    }

    /// <summary>Milliseconds from the bytes that end the first verdict to its line on stdout.</summary>
    private static async Task<List<double>> FirstVerdictsAsync(FakeBedrock server, Dictionary<string, string> environment, byte[] page)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            Forget(environment);
            server.Inject(new BedrockFault.StreamPause(JudgeScript.EventsBeforeFirstVerdict));
            var calls = server.Calls.Count;
            using var child = new SearchChild(environment, Judged);
            await ReadPageAsync(child, page);
            while (server.Calls.Count == calls)
            {
                await Task.Delay(TimeToArrive);
            }

            await Task.Delay(TimeToArrive);
            var began = Stopwatch.GetTimestamp();
            server.Resume();
            await child.ReadLineAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _ = await child.EndAsync(0);
        }

        return times;
    }

    /// <summary>Milliseconds from the signal until the stand-in sees the end of a stream that is under way.</summary>
    private static async Task<List<double>> StopsAsync(FakeBedrock server, Dictionary<string, string> environment, byte[] page)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            Forget(environment);
            server.Inject(new BedrockFault.StreamPause(JudgeScript.EventsBeforeFirstVerdict + 1));
            using var child = new SearchChild(environment, Judged);
            await ReadPageAsync(child, page);
            await child.ReadLineAsync();
            var call = server.Calls[^1];
            var began = Stopwatch.GetTimestamp();
            var left = call.ClientLeft.ContinueWith(_ => Stopwatch.GetElapsedTime(began).TotalMilliseconds, TaskScheduler.Default);
            await child.InterruptAsync();
            times.Add(await left);
            _ = await child.EndAsync(Interrupted);
        }

        return times;
    }

    private static async Task ReadPageAsync(SearchChild child, byte[] page)
    {
        if (!(await child.ReadAsync(page.Length)).AsSpan().SequenceEqual(page))
        {
            throw new InvalidOperationException("The plain page is not the same with a judge.");
        }
    }

    /// <summary>Takes back every verdict that was kept.</summary>
    private static void Forget(Dictionary<string, string> environment)
    {
        foreach (var file in Directory.EnumerateFiles(environment["IMAGESEARCH_HOME"], "vision.db*"))
        {
            File.Delete(file);
        }
    }

    private static void Write(string load, List<double> plain, List<double> judged, List<double> verdicts, List<double> stops)
    {
        var delay = Median([.. plain.Zip(judged, (without, with) => with - without)]);
        var text = new StringBuilder();
        text.AppendLine("# A judge beside the plain answer");
        text.AppendLine();
        text.AppendLine("`./imagesearch bench vision`");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            `imagesearch search` over data-samples, 12 hits, as a process compiled ahead of time, against a stand-in for Amazon Bedrock in the process that
            measures; no verdict is kept from before. Pages: {Pairs} runs with and {Pairs} without `--judge`, in turn; the rest {Runs} runs each. Milliseconds.
            {Environment.ProcessorCount} processors, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd}; load when it began {load}.

            | from | to | least | median | most | goal |
            | --- | --- | ---: | ---: | ---: | ---: |
            """);
        AppendRow(text, "start of `search`", "the plain page is on stdout", plain, "");
        AppendRow(text, "start of `search --judge`", "the plain page is on stdout", judged, "5 later");
        AppendRow(text, "the bytes that end the first verdict are sent", "its line is on stdout", verdicts, "at once");
        AppendRow(text, "Ctrl-C (`kill -INT` is started)", "the stand-in sees the end of the stream", stops, "200");
        text.AppendLine();
        var isMet = delay <= 5 && Median(stops) <= 200;
        text.Append(CultureInfo.InvariantCulture, $"With a judge the plain page is later by {delay:0.0} ms (median of the pairs; ratio of the medians {Median(judged) / Median(plain):0.000}). The goals are {(isMet ? "met" : "not met")}.\n");
        BenchmarkResults.Write("vision.md", text.ToString());
    }

    private static void AppendRow(StringBuilder text, string from, string to, List<double> times, string goal) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {from} | {to} | {times.Min():0.0} | {Median(times):0.0} | {times.Max():0.0} | {goal} |");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
