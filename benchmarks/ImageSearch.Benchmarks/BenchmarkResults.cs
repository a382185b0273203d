namespace ImageSearch.Benchmarks;

/// <summary>Where the tables lie.</summary>
internal static class BenchmarkResults
{
    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = Find();

    /// <summary>Writes a table, and prints it.</summary>
    public static void Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Repository, "benchmarks", "results", name), text);
        Console.WriteLine(text);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmark is not inside the repository.");
    }
}
