using System.Diagnostics;
using ImageSearch.Imaging;

namespace ImageSearch.Tests.Imaging;

/// <summary>
/// Decodes every file below a folder, in a process of its own: hostile files may take it down, and then the last line says which.
/// Prints, for each file, its path when it begins and its outcome and milliseconds when it ends, divided by tabs.
/// </summary>
internal static class DecodeEachProgram
{
    internal static int Run(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Console.Write($"{Path.GetRelativePath(folder, path).Replace('\\', '/')}\t");
            Console.Out.Flush();
            var clock = Stopwatch.StartNew();
            var outcome = Outcome(File.ReadAllBytes(path));
            Console.WriteLine($"{outcome}\t{clock.ElapsedMilliseconds}");
        }

        return 0;
    }

    private static string Outcome(byte[] bytes)
    {
        try
        {
            var analysis = ImageDecoder.Analyse(bytes, ImageLimits.Default);
            ImageMetadataReader.Read(bytes, analysis.Info);
            return "accepted";
        }
        catch (ImageFormatException refused)
        {
            return refused.Refusal.ToString();
        }
    }
}
