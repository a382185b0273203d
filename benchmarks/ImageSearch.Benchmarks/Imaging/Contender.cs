using System.Diagnostics;
using System.Globalization;

namespace ImageSearch.Benchmarks.Imaging;

/// <summary>One program that does the job, and what its rounds took.</summary>
internal sealed class Contender(string name, IReadOnlyList<string> command, string? libvips = null)
{
    private readonly SortedDictionary<string, List<double>> _milliseconds = new(StringComparer.Ordinal);

    internal string Name { get; } = name;

    internal string Version { get; private set; } = "";

    internal bool IsBaseline { get; private init; }

    internal static IReadOnlyList<Contender> All(string root, string folder)
    {
        string[] ourselves = [Environment.ProcessPath!, "imaging", "round", folder];
        var peer = Path.Combine(root, "benchmarks", "peers", "imaging");
        var bundled = Directory.Exists(Path.Combine(peer, "node_modules", "@img"))
            ? Directory.EnumerateFiles(Path.Combine(peer, "node_modules", "@img"), "libvips-cpp.*", SearchOption.AllDirectories).FirstOrDefault()
            : throw new DirectoryNotFoundException("sharp is not installed. Install it with: npm ci --prefix benchmarks/peers/imaging");
        return
        [
            new Contender("ImageSearch, the system's library", ourselves),
            new Contender("ImageSearch, sharp's library", ourselves, bundled),
            new Contender("sharp, same encoder settings", ["node", Path.Combine(peer, "round.mjs"), folder, "same"]) { IsBaseline = true },
            new Contender("sharp, its own encoder settings", ["node", Path.Combine(peer, "round.mjs"), folder, "default"]),
        ];
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    internal void RunRound()
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        if (libvips is not null)
        {
            start.Environment["IMAGESEARCH_LIBVIPS"] = libvips;
        }

        using var process = Process.Start(start)!;
        foreach (var line in process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = (line.Split('\t')[0], line.Split('\t')[1]);
            if (key == "version")
            {
                Version = value;
                continue;
            }

            if (!_milliseconds.TryGetValue(key, out var rounds))
            {
                _milliseconds[key] = rounds = [];
            }

            rounds.Add(double.Parse(value, CultureInfo.InvariantCulture));
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} ended with code {process.ExitCode}.");
        }
    }

    internal IReadOnlyList<double> MedianByPicture() => [.. _milliseconds.Values.Select(Median)];

    internal IEnumerable<double> RatiosTo(Contender baseline) =>
        MedianByPicture().Zip(baseline.MedianByPicture(), (own, other) => own / other);
}
