using System.Globalization;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>
/// Calls to Amazon Bedrock against a stand-in in a process of its own: how many, at what price in CPU, and what becomes of them in a storm
/// of throttles. Each part writes its own section of the results.
/// </summary>
internal static class BedrockBenchmark
{
    private const string Title = """
        # Calls to Amazon Bedrock, against a stand-in

        `./imagesearch bench bedrock [throughput | storm | overhead]` (after `npm ci --prefix tests/proof`)

        """;

    private static readonly (string Name, Func<string> Run)[] Parts = [("throughput", Throughput.Run), ("storm", Storm.Run), ("overhead", Overhead.Run)];

    internal static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["round", .. var round]:
                await ClientRound.RunAsync(round);
                return 0;
            case []:
                Parts.ToList().ForEach(part => Record(part.Name, part.Run()));
                return 0;
            case [var name] when Parts.Any(part => part.Name == name):
                Record(name, Parts.Single(part => part.Name == name).Run());
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: bedrock [throughput | storm | overhead]");
                return 2;
        }
    }

    /// <summary>The folder of the repository.</summary>
    internal static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmark must run from inside the repository, to write its results there.");
    }

    /// <summary>The machine and what else it does: how many processes want a processor, on average over the last minutes, beside this one.</summary>
    internal static string Machine()
    {
        var load = File.Exists("/proc/loadavg")
            ? $", load {string.Join(" ", File.ReadAllText("/proc/loadavg").Split(' ').Take(3))} before the run"
            : "";
        return FormattableString.Invariant($"{Environment.ProcessorCount} processors{load}, {DateTime.UtcNow:yyyy-MM-dd}.");
    }

    internal static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Record(string name, string section)
    {
        Console.WriteLine(section);
        var file = Path.Combine(FindRoot(), "benchmarks", "results", "bedrock.md");
        var sections = File.Exists(file)
            ? File.ReadAllText(file).Split("\n## ").Skip(1).Select(text => text.Trim()).ToDictionary(text => text.Split('\n')[0])
            : [];
        sections[name] = $"{name}\n\n{section.Trim()}";
        var ordered = Parts.Where(part => sections.ContainsKey(part.Name)).Select(part => $"\n## {sections[part.Name]}\n");
        File.WriteAllText(file, Title.TrimEnd() + "\n" + string.Concat(ordered));
    }
}
