using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageSearch.Imaging;

namespace ImageSearch.Benchmarks.Imaging;

/// <summary>
/// CPU for each picture of one job, beside sharp: decode, orient, fit to 1,024 pixels as JPEG of quality 85, and a thumbnail of
/// 320 pixels of quality 80 from the same decoding. Every contender runs in a process of its own, in alternating rounds.
/// </summary>
internal static class ImagingBenchmark
{
    private const int Rounds = 7;
    private static readonly IReadOnlyList<FitOptions> TwoOutputs = [new FitOptions(), FitOptions.Thumbnail];

    internal static int Run(string[] args)
    {
        if (args is ["round", var folder])
        {
            return RunRound(folder);
        }

        var root = FindRoot();
        var temporary = Directory.CreateTempSubdirectory("imagesearch-bench-");
        try
        {
            var photos = args is ["--photos", var given] ? given : Path.Combine(root, "..", "shared", "data", "photos", "flickr8k-sample");
            BenchmarkPictures.Write(photos, temporary.FullName);
            var table = Compare(Contender.All(root, temporary.FullName), Directory.GetFiles(temporary.FullName));
            var results = Path.Combine(root, "benchmarks", "results", "imaging.md");
            Directory.CreateDirectory(Path.GetDirectoryName(results)!);
            File.WriteAllText(results, table);
            Console.WriteLine(table);
            return 0;
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static int RunRound(string folder)
    {
        var pictures = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileName(path), Bytes: File.ReadAllBytes(path))).ToList();
        foreach (var (_, bytes) in pictures)
        {
            ImageFitter.FitEach(bytes, TwoOutputs, ImageLimits.Default);
        }

        Console.WriteLine($"version\tlibvips {ImageLibrary.Version}");
        foreach (var (name, bytes) in pictures)
        {
            var before = CpuTime();
            ImageFitter.FitEach(bytes, TwoOutputs, ImageLimits.Default);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{(CpuTime() - before).TotalMilliseconds:0.0}"));
        }

        return 0;
    }

    private static string Compare(IReadOnlyList<Contender> contenders, string[] files)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                contender.RunRound();
            }
        }

        var baseline = contenders.Single(contender => contender.IsBaseline);
        var megabytes = files.Average(file => new FileInfo(file).Length) / 1e6;
        var text = new StringBuilder();
        text.AppendLine("# Decode, orient, fit to 1,024 px and thumbnail, beside sharp");
        text.AppendLine();
        text.AppendLine("`dotnet run -c Release --project benchmarks/ImageSearch.Benchmarks -- imaging` (after `npm ci --prefix benchmarks/peers/imaging`)");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            {files.Length} JPEGs of 4,000 x 3,000 pixels, {megabytes:0.0} MB on average: mosaics of sixteen photographs, each enlarged twice, with
            noise in every pixel, made anew for each run from a fixed seed. Outputs: 1,024 px JPEG quality 85 and 320 px JPEG quality 80 from one
            decoding. One thread each; CPU of the whole process, user and system; {Rounds} alternating rounds; a picture's figure is the median
            of its rounds, a row's the median of its pictures. {Environment.ProcessorCount} processors, {DateTime.UtcNow:yyyy-MM-dd}.
            """);
        text.AppendLine();
        text.AppendLine("| contender | CPU ms a picture | least to most | ratio to sharp |");
        text.AppendLine("|---|---|---|---|");
        foreach (var contender in contenders)
        {
            var medians = contender.MedianByPicture();
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {contender.Name}, {contender.Version} | {Contender.Median(medians):0.0} | {medians.Min():0.0} to {medians.Max():0.0} | {Contender.Median(contender.RatiosTo(baseline)):0.00} |");
        }

        return text.ToString();
    }

    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static string FindRoot()
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
}
