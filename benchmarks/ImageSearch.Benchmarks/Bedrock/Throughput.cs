using ImageSearch.Benchmarks.Indexing;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>Indexing as fast as width and latency allow.</summary>
internal static class Throughput
{
    private const int Megapixels = 5000;
    private const int SmallFiles = 5000;
    private const int LatencyMilliseconds = 150;
    private const int Width = 32;

    // Seconds in which the pace widens, and in which the last calls come in.
    private const int Edge = 4;

    private const double Possible = Width * 1000.0 / LatencyMilliseconds;

    internal static string Run()
    {
        var machine = BedrockBenchmark.Machine();
        var temporary = Directory.CreateTempSubdirectory("imagesearch-bench-");
        try
        {
            var photos = Path.Combine(BedrockBenchmark.FindRoot(), "..", "shared", "data", "photos", "coco-tiny");
            var (large, small) = (Path.Combine(temporary.FullName, "large"), Path.Combine(temporary.FullName, "small"));
            var bytes = MegapixelPictures.Write(photos, large, Megapixels);
            _ = IndexingBenchmark.WritePictures(small, SmallFiles);
            return FormattableString.Invariant($"""
                `imagesearch index` with the provider titan over {Megapixels:N0} different JPEGs of one megapixel (four photographs of COCO beside and above each
                other at their own resolution, quality 85, {bytes / 1000:N0} kB on average), and over {SmallFiles:N0} of 32 x 32 pixels, each in a process of its own, compiled ahead as
                `imagesearch` is. The stand-in answers {LatencyMilliseconds} ms after a call's arrival; at most {Width} calls are in flight, so that {Possible:0.0} calls a second are possible. The
                whole run begins with 8 calls at once and counts the start of the process; the middle leaves out {Edge} seconds at either end. The stand-in runs on
                the same processors. {machine}

                | pictures | seconds | calls a second | of the possible | in the middle | CPU s | CPU ms a picture | processors busy | peak MB | indexed | failed |
                |---|---|---|---|---|---|---|---|---|---|---|
                | one megapixel | {Row(Path.Combine(temporary.FullName, "home1"), large, Megapixels)} |
                | 32 x 32 pixels | {Row(Path.Combine(temporary.FullName, "home2"), small, SmallFiles)} |

                Goals: at least 95 % of the possible, at most one processor busy, at most 400 MB. One processor has {1000 / Possible:0.0} ms for each picture at that rate; what a picture takes
                beyond that bounds the rate where the processors are few or busy otherwise, and not the pace.
                """);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static string Row(string home, string folder, int files)
    {
        using var server = new BedrockServer(LatencyMilliseconds);
        using var client = BedrockClient.Start(server, "index", home, folder);
        var report = client.Report();
        var middle = server.Seconds().SkipLast(Edge).Skip(Edge).Select(second => (double)second.Taken).DefaultIfEmpty().Average();
        var rate = files / report.Seconds;
        return FormattableString.Invariant(
            $"{report.Seconds:0.0} | {rate:0.0} | {rate / Possible:0.0 %} | {middle / Possible:0.0 %} | {report.CpuSeconds:0.0} | {report.CpuSeconds * 1000 / files:0.0} | {report.CpuSeconds / report.Seconds:0.00} | {report.PeakBytes >> 20} | {report.Done:N0} | {report.Failed}");
    }
}
