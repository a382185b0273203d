using ImageSearch.Benchmarks.Indexing;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>A minute in which every call is refused, then two in which half are: what becomes of the files, with a pace and with the SDK's three attempts alone.</summary>
internal static class Storm
{
    private const int Files = 12_000;
    private const int LatencyMilliseconds = 300;
    private const int Width = 32;
    private const int Window = 5;

    internal static string Run()
    {
        var machine = BedrockBenchmark.Machine();
        var temporary = Directory.CreateTempSubdirectory("imagesearch-bench-");
        try
        {
            var folder = Path.Combine(temporary.FullName, "photos");
            _ = IndexingBenchmark.WritePictures(folder, Files);
            var rows = new[] { StormKind.Dice, StormKind.Rate }.SelectMany(kind => Rows(kind, Path.Combine(temporary.FullName, kind.ToString()), folder));
            return FormattableString.Invariant($"""
                {Files:N0} small files; the stand-in answers after {LatencyMilliseconds} ms, at most {Width} calls are in flight. 30 s of calm, 60 s in which every call gets 429, 120 s of half, then
                calm until all files are done. Half is meant in two ways: every second call is refused by a throw of dice, however few there are; or half of the
                earlier rate is taken. "ImageSearch" is `imagesearch index`; "three attempts" embeds the same files with the SDK's standard retries and nothing above
                them, and goes on with the next file when one fails. Both run at the same time, each against a stand-in of its own, which counts the calls. {machine}

                | half | client | files | in the collection | failed | lost | calls | useful | useful while it lasted | refused in the minute of 429 | seconds until 80 % of the earlier rate | seconds in all |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                {string.Join('\n', rows)}

                Goals: no file lost or failed, at least 85 % of the calls useful, 80 % of the earlier rate within 30 s. While every second call is refused by dice, no client
                can have more than half of its calls answered: there the goal is held over the whole run, by making few calls until it is over.
                """);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<string> Rows(StormKind kind, string home, string folder)
    {
        var half = kind == StormKind.Dice ? "dice" : "rate";
        using var pacedServer = Server(kind);
        using var plainServer = Server(kind);
        using var paced = BedrockClient.Start(pacedServer, "index", home, folder);
        using var plain = BedrockClient.Start(plainServer, "plain", folder, BedrockBenchmark.Number(Width, "0"));
        return [Row(half, "ImageSearch", paced.Report(), pacedServer.Seconds()), Row(half, "three attempts", plain.Report(), plainServer.Seconds())];
    }

    private static BedrockServer Server(StormKind kind) => new(LatencyMilliseconds, kind, Width * 1000.0 / LatencyMilliseconds / 2);

    private static string Row(string half, string client, ClientReport report, IReadOnlyList<StormSecond> seconds)
    {
        var (outage, halved, calm) = ((int)ThrottleStorm.Outage.TotalSeconds, (int)ThrottleStorm.Half.TotalSeconds, (int)ThrottleStorm.Calm.TotalSeconds);
        var before = seconds.Take(outage).Skip(outage / 2).Average(second => second.Taken);
        var recovered = Enumerable.Range(calm, Math.Max(0, seconds.Count - calm - Window))
            .FirstOrDefault(from => seconds.Skip(from).Take(Window).Average(second => second.Taken) >= 0.8 * before, -1);
        return FormattableString.Invariant(
            $"| {half} | {client} | {Files:N0} | {report.Done:N0} | {report.Failed:N0} | {Files - report.Done - report.Failed:N0} | {seconds.Sum(second => second.Taken + second.Refused):N0} | {Useful(seconds):0.0 %} | {Useful(seconds.Take(calm).Skip(outage)):0.0 %} | {seconds.Take(halved).Skip(outage).Sum(second => second.Refused):N0} | {(recovered < 0 ? "it had ended" : recovered - calm)} | {report.Seconds:0} |");
    }

    private static double Useful(IEnumerable<StormSecond> seconds)
    {
        var (taken, refused) = seconds.Aggregate((Taken: 0.0, Refused: 0.0), (sum, second) => (sum.Taken + second.Taken, sum.Refused + second.Refused));
        return taken / Math.Max(1, taken + refused);
    }
}
