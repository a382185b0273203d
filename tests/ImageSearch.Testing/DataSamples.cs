namespace ImageSearch.Testing;

/// <summary>The repository's own pictures, in <c>data-samples</c>.</summary>
public static class DataSamples
{
    /// <summary>The folder's absolute path.</summary>
    public static string Folder { get; } = Find();

    /// <summary>A file in the folder.</summary>
    public static string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>The bytes of a file in the folder.</summary>
    public static byte[] Read(string relative) => File.ReadAllBytes(PathOf(relative));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
            {
                return Path.Combine(folder.FullName, "data-samples");
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ImageSearch.sln.");
    }
}
