using ImageSearch.Cli.Options;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Finds the libraries that a command line names.</summary>
internal static class LibraryChoice
{
    /// <summary>The libraries of the folders to index; all known ones without any folder.</summary>
    /// <exception cref="UsageException">There is none, or a name is given to several folders.</exception>
    public static IReadOnlyList<LibraryRoot> Of(IndexRequest request, ImageSearchHome home, Shell shell, bool adds)
    {
        if (request.Library is not null && request.Folders.Count != 1)
        {
            throw new UsageException("--library names one new folder. Give that folder.");
        }

        if (request.Folders.Count > 0)
        {
            return [.. request.Folders.Select(folder => Of(shell.Absolute(folder), request.Library, home.Libraries, adds))];
        }

        return home.Libraries.List() is { Count: > 0 } known
            ? known
            : throw new UsageException("No library is known yet. Give a folder: imagesearch index DIR");
    }

    /// <summary>The libraries named, or all; a name may also be a folder.</summary>
    /// <exception cref="UsageException">A name is no library.</exception>
    public static IReadOnlyList<LibraryRoot> Named(IReadOnlyList<string> names, ImageSearchHome home, Shell shell) =>
        names.Count == 0 ? home.Libraries.List() : [.. names.Select(name => Named(name, home, shell))];

    /// <summary>The library of that name, or else the one that the file or folder belongs to, with the part that is meant.</summary>
    /// <exception cref="UsageException">There is neither.</exception>
    public static LibraryRoot Named(string name, ImageSearchHome home, Shell shell) =>
        home.Libraries.Find(name)
        ?? home.Libraries.FindByFolder(shell.Absolute(name))
        ?? throw new UsageException($"\"{name}\" is neither a library nor a path in one. Known are: {string.Join(", ", home.Libraries.List().Select(library => library.Name).DefaultIfEmpty("none"))}.");

    private static LibraryRoot Of(string folder, string? name, LibraryCatalog catalog, bool adds) =>
        adds ? catalog.FindOrAdd(folder, name) : catalog.FindByFolder(folder) ?? new LibraryRoot(name ?? Path.GetFileName(folder), folder);
}
