namespace ImageSearch.Testing;

/// <summary>A folder of its own for one test, deleted with all it holds when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>The folder's absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("imagesearch-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
