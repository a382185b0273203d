using System.Diagnostics;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.Tests.Imaging;

/// <summary>
/// The corpora of malformed and odd pictures from the test suites of decoders, decoded in a child process that is bounded in
/// memory and time.
/// </summary>
public sealed class OddImagesTests(ITestOutputHelper output)
{
    private const int MostVirtualMemoryKiB = 12_000_000;
    private const long MostResidentMiB = 500;
    private const long MostCpuMilliseconds = 5000;
    private const double LeastAccepted = 0.97;
    private static readonly TimeSpan WholeRun = TimeSpan.FromMinutes(8);
    private static readonly string[] CountedTypes = ["jpeg", "png", "gif", "webp"];

    [SharedDataFact("odd-images")]
    public async Task Every_odd_picture_is_accepted_or_refused_for_a_listed_reason_and_decodable_ones_are_accepted()
    {
        var lines = await DecodeAllAsync(SharedData.PathOf("odd-images"));
        var decoded = lines.Select(DecodedFile.Parse).OfType<DecodedFile>().ToDictionary(file => file.Path);
        var manifest = File.ReadLines(SharedData.PathOf("odd-images", "MANIFEST.tsv")).Skip(1)
            .Select(line => line.Split('\t')).Select(fields => (Path: fields[0], Type: fields[3], Pillow: fields[4])).ToList();

        Assert.True(decoded.ContainsKey(DecodedFile.End), $"The decoder died; its last line was: {lines[^1]}");
        Assert.Empty(manifest.Select(file => file.Path).Except(decoded.Keys));
        AssertBounded(decoded);
        var decodable = manifest.Where(file => file.Pillow == "ok" && CountedTypes.Contains(file.Type)).ToList();
        var refused = decodable.Where(file => decoded[file.Path].Outcome != DecodedFile.Accepted)
            .Select(file => $"{file.Path}\t{decoded[file.Path].Outcome}").Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"{decodable.Count - refused.Count} of {decodable.Count} decodable pictures accepted; refused:");
        output.WriteLine(string.Join('\n', refused));
        Assert.InRange(refused.Count, 0, (int)(decodable.Count * (1 - LeastAccepted)));
        Assert.Empty(refused.Except(KnownRefusals()));
    }

    private static void AssertBounded(Dictionary<string, DecodedFile> decoded)
    {
        var reasons = Enum.GetNames<ImageRefusal>().Append(DecodedFile.Accepted).ToHashSet();
        var files = decoded.Values.Where(file => file.Path != DecodedFile.End).ToList();
        Assert.All(files, file => Assert.Contains(file.Outcome, reasons));
        Assert.All(files, file => Assert.InRange(file.CpuMilliseconds, 0, MostCpuMilliseconds));
        Assert.InRange(decoded[DecodedFile.End].CpuMilliseconds, 1, MostResidentMiB);
    }

    private static string[] KnownRefusals()
    {
        using var list = typeof(OddImagesTests).Assembly.GetManifestResourceStream("odd-images-refused.tsv")!;
        using var reader = new StreamReader(list);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<IReadOnlyList<string>> DecodeAllAsync(string folder)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            "-c", $"ulimit -c 0; ulimit -v {MostVirtualMemoryKiB}; exec \"$@\"", "sh",
            "dotnet", "exec", typeof(OddImagesTests).Assembly.Location, "decode-each", folder,
        })
        {
            start.ArgumentList.Add(argument);
        }

        // Without a limit the collector reserves more addresses than the process may have.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x30000000";
        using var child = Process.Start(start)!;
        using var stop = new CancellationTokenSource(WholeRun);
        try
        {
            var text = await child.StandardOutput.ReadToEndAsync(stop.Token);
            await child.WaitForExitAsync(stop.Token);
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill(entireProcessTree: true);
            }
        }
    }
}
