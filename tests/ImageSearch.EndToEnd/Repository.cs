namespace ImageSearch.EndToEnd;

/// <summary>The checkout that these tests run in.</summary>
internal static class Repository
{
    /// <summary>Its root: the folder that holds ImageSearch.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No ImageSearch.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
