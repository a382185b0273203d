using System.Diagnostics;
using ImageSearch.Imaging;

namespace ImageSearch.Tests.Imaging;

/// <summary>
/// Decodes every file below a folder, in a process of its own: hostile files may take it down, and then the last line says which.
/// Prints, for each file, its path when it begins and its outcome and the milliseconds of CPU when it ends, divided by tabs.
/// </summary>
internal static class DecodeEachProgram
{
    internal static int Run(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Console.Write($"{Path.GetRelativePath(folder, path).Replace('\\', '/')}\t");
            Console.Out.Flush();
            var before = CpuTime();
            var outcome = Outcome(File.ReadAllBytes(path));
            Console.WriteLine($"{outcome}\t{(CpuTime() - before).TotalMilliseconds:0}");
        }

        Console.WriteLine($"{DecodedFile.End}\t\t{Process.GetCurrentProcess().PeakWorkingSet64 >> 20}");
        return 0;
    }

    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static string Outcome(byte[] bytes)
    {
        try
        {
            var analysis = ImageDecoder.Analyse(bytes, ImageLimits.Default);
            ImageMetadataReader.Read(bytes, analysis.Info);
            return DecodedFile.Accepted;
        }
        catch (ImageFormatException refused)
        {
            return refused.Refusal.ToString();
        }
    }
}
