namespace ImageSearch.Imaging.Native;

/// <summary>Where libvips may be, in the order in which it is looked for.</summary>
internal static class LibvipsCandidates
{
    private static readonly string[] SystemNames =
        OperatingSystem.IsWindows() ? ["libvips-42.dll"]
        : OperatingSystem.IsMacOS() ? ["libvips.42.dylib", "/opt/homebrew/lib/libvips.42.dylib", "/usr/local/lib/libvips.42.dylib"]
        : ["libvips.so.42"];

    private static readonly string FilePattern =
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips*.dylib" : "libvips*.so*";

    /// <summary>
    /// The file named by the user alone; else the program's own folder, the system, and the npm package
    /// <c>@img/sharp-libvips-*</c> in a folder <c>native/node_modules</c> above the program.
    /// </summary>
    /// <param name="chosen">The value of the environment variable, or null.</param>
    /// <param name="programFolder">The folder of the program.</param>
    internal static IEnumerable<string> InOrder(string? chosen, string programFolder)
    {
        // A path that the user gave is not silently replaced by another library.
        if (!string.IsNullOrWhiteSpace(chosen))
        {
            return [chosen];
        }

        return [.. FilesIn(programFolder), .. SystemNames, .. NpmPackages(programFolder)];
    }

    private static IEnumerable<string> NpmPackages(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            var scope = Path.Combine(folder.FullName, "native", "node_modules", "@img");
            if (Directory.Exists(scope))
            {
                return Directory.EnumerateDirectories(scope, "sharp-libvips-*")
                    .Order(StringComparer.Ordinal)
                    .SelectMany(package => FilesIn(Path.Combine(package, "lib")));
            }
        }

        return [];
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, FilePattern).Order(StringComparer.Ordinal)
            : [];
}
