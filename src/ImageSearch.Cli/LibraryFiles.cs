using ImageSearch.Collections;
using ImageSearch.Indexing;
using ImageSearch.Searching;

namespace ImageSearch.Cli;

/// <summary>Turns a picture's library and path into the file to open.</summary>
internal sealed class LibraryFiles(IReadOnlyList<LibraryRoot> libraries)
{
    private readonly Dictionary<string, string> _roots = libraries.ToDictionary(library => library.Name, library => library.Root);

    /// <summary>The absolute path of the picture; <c>library/path</c> where the library is no longer known.</summary>
    public string PathOf(PicturePath picture) =>
        _roots.TryGetValue(picture.Library, out var root) ? Path.Join(root, picture.Path.Replace('/', Path.DirectorySeparatorChar)) : picture.ToString();

    /// <summary>The absolute path of the picture.</summary>
    public string PathOf(ImagePayload picture) => PathOf(new PicturePath(picture.Library, picture.Path));
}
