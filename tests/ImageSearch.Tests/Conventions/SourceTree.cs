namespace ImageSearch.Tests.Conventions;

/// <summary>The files of the repository as they lie on disk, without what builds and editors put there.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> NotOurs = [".git", "bin", "obj", "artifacts", "node_modules", "TestResults", ".vs", ".idea"];
    private static readonly HashSet<string> TextFiles =
        [".cs", ".csproj", ".props", ".sln", ".md", ".json", ".tsv", ".txt", ".yml", ".yaml", ".sh", ".js", ".py", ".html", ".css", ".editorconfig", ".gitignore", ""];

    // The path of a source file at compile time is no help: deterministic builds replace it.
    public static string Root { get; } = FindRoot();

    /// <summary>Every file, relative to the root with <c>/</c> between the parts, in order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. FilesIn(new DirectoryInfo(Root)).Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<string> Texts => Files.Where(file => TextFiles.Contains(Path.GetExtension(file)));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(FilesIn));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests holds ImageSearch.sln.");
        }

        return folder.FullName;
    }
}
