using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Searching;

/// <summary>
/// Finds query pictures on disk. A path is looked for as it stands, from the current folder, below the root of each library, and as
/// <c>library/path</c>; the first file that is there is taken.
/// </summary>
/// <param name="libraries">The libraries that are known.</param>
/// <param name="currentFolder">The absolute path from which relative paths count.</param>
/// <param name="limits">Files above <see cref="ImageLimits.MaxBytes"/> are refused.</param>
public sealed class QueryPictureFiles(IReadOnlyList<QueryLibrary> libraries, string currentFolder, ImageLimits limits)
{
    /// <summary>Reads the picture at <paramref name="path"/>; a <see cref="QueryPictureReader"/>.</summary>
    /// <exception cref="QueryException">The file is empty, too large or cannot be read.</exception>
    public async Task<QueryPicture> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return new QueryPicture(null, []);
        }

        var candidates = Candidates(path).Distinct().ToList();
        return candidates.Find(File.Exists) is { } file
            ? new QueryPicture(await ReadFileAsync(path, file, cancellationToken), [.. Points(file)])
            : new QueryPicture(null, [.. candidates.SelectMany(Points).Distinct()]);
    }

    private IEnumerable<string> Candidates(string path)
    {
        yield return Path.GetFullPath(path, currentFolder);
        foreach (var library in libraries)
        {
            yield return Path.GetFullPath(path, library.Root);
            if (path.StartsWith(library.Name + "/", StringComparison.Ordinal))
            {
                yield return Path.GetFullPath(path[(library.Name.Length + 1)..], library.Root);
            }
        }
    }

    private IEnumerable<Guid> Points(string file) =>
        from library in libraries
        let root = Path.TrimEndingDirectorySeparator(library.Root) + Path.DirectorySeparatorChar
        where file.StartsWith(root, StringComparison.Ordinal)
        select PointId.Of(library.Name, file[root.Length..].Replace(Path.DirectorySeparatorChar, '/'));

    private async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, string file, CancellationToken cancellationToken)
    {
        try
        {
            // Pipes and devices have no length, and opening one may wait for ever.
            var length = new FileInfo(file).Length;
            return length == 0
                ? throw new QueryException($"The picture '{QueryException.Shorten(path)}' is empty.", "Name a picture.")
                : length > limits.MaxBytes
                ? throw new QueryException(
                    $"The picture '{QueryException.Shorten(path)}' has {length} bytes.", $"Name one of at most {limits.MaxBytes} bytes.")
                : await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(
                $"The picture '{QueryException.Shorten(path)}' cannot be read: {exception.Message}", "Check that you may read it.", exception);
        }
    }
}
