namespace ImageSearch.Testing;

/// <summary>The corpora that lie beside the repository in <c>../shared/data</c>; they are not part of it.</summary>
public static class SharedData
{
    /// <summary>The folder, or null where this checkout has no corpora beside it.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>A path below the folder.</summary>
    /// <exception cref="InvalidOperationException">There are no corpora; the test lacks its <see cref="SharedDataFactAttribute"/>.</exception>
    public static string PathOf(params string[] parts) =>
        Path.Combine([Folder ?? throw new InvalidOperationException("There is no ../shared/data beside the repository."), .. parts]);

    /// <summary>The reason for skipping a test that needs <paramref name="subfolder"/>, or null when it is there.</summary>
    internal static string? ReasonToSkip(string? subfolder) =>
        Folder is null ? "Needs the corpora of ../shared/data, which are not beside this checkout."
        : subfolder is not null && !Directory.Exists(Path.Combine(Folder, subfolder)) ? $"Needs ../shared/data/{subfolder}, which is not there."
        : null;

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
            {
                var data = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}
