namespace ImageSearch;

/// <summary>One home folder and everything in it, put together: catalog of libraries, collections, embedding cache, generators.</summary>
public sealed class ImageSearchHome(ImageSearchOptions options)
{
    private const string FolderName = "imagesearch";

    /// <summary>
    /// The platform's data folder with <c>imagesearch</c> in it: <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c> on Linux,
    /// <c>~/Library/Application Support</c> on macOS, the local application data on Windows.
    /// </summary>
    public static string DefaultFolder { get; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), FolderName);

    /// <summary>The home folder, absolute.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Home ?? DefaultFolder);
}
