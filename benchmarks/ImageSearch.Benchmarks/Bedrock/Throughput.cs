namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>Indexing as fast as width and latency allow.</summary>
internal static class Throughput
{
    private const int Files = 2000;
    private const int LatencyMilliseconds = 150;
    private const int Width = 32;
    private const int Rounds = 2;

    // Seconds in which the pace widens, and in which the last calls come in.
    private const int Edge = 4;

    internal static string Run()
    {
        var machine = BedrockBenchmark.Machine();
        var temporary = Directory.CreateTempSubdirectory("imagesearch-bench-");
        try
        {
            var photos = Path.Combine(BedrockBenchmark.FindRoot(), "..", "shared", "data", "photos", "flickr8k-sample");
            var folder = Path.Combine(temporary.FullName, "photos");
            var bytes = MegapixelPictures.Write(photos, folder, Files);
            var ideal = Width * 1000.0 / LatencyMilliseconds;
            var rows = Enumerable.Range(0, Rounds).Select(round => Row(Path.Combine(temporary.FullName, $"home{round}"), folder, ideal)).ToList();
            return FormattableString.Invariant($"""
                `imagesearch index` with the provider titan over {Files:N0} different JPEGs of one megapixel, {bytes / 1000:N0} kB on average, in a process of its own. The stand-in
                answers {LatencyMilliseconds} ms after a call's arrival; at most {Width} calls are in flight, so that {ideal:0.0} calls a second are possible. The whole run begins
                with 8 calls at once and counts the start of the process; the middle leaves out {Edge} seconds at either end. {machine}

                | run | seconds | calls a second | of the possible | in the middle | CPU s | processors busy | peak MB | indexed | failed |
                |---|---|---|---|---|---|---|---|---|---|
                {string.Join('\n', rows.Select((row, at) => $"| {at + 1} | {row} |"))}

                Goals: at least 95 % of the possible, at most one processor busy, at most 400 MB.
                """);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static string Row(string home, string folder, double ideal)
    {
        using var server = new BedrockServer(LatencyMilliseconds);
        using var client = BedrockClient.Start(server, "index", home, folder);
        var report = client.Report();
        var middle = server.Seconds().SkipLast(Edge).Skip(Edge).Average(second => second.Taken);
        var rate = Files / report.Seconds;
        return FormattableString.Invariant(
            $"{report.Seconds:0.0} | {rate:0.0} | {rate / ideal:0.0 %} | {middle / ideal:0.0 %} | {report.CpuSeconds:0.0} | {report.CpuSeconds / report.Seconds:0.00} | {report.PeakBytes >> 20} | {report.Done:N0} | {report.Failed}");
    }
}
