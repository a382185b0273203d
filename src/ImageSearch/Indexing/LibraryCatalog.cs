using System.Text.Json;

namespace ImageSearch.Indexing;

/// <summary>The libraries of one home folder: each is a folder <c>libraries/&lt;name&gt;</c> with a <c>library.json</c> and its ledgers.</summary>
/// <param name="home">The home folder; created when the first library is added.</param>
public sealed class LibraryCatalog(string home)
{
    private const int LongestName = 60;
    private const string LedgerEnding = ".ledger.db";

    private readonly string _folder = Path.Join(Path.GetFullPath(home), "libraries");

    /// <summary>All libraries, ordered by name.</summary>
    /// <exception cref="IndexException">A <c>library.json</c> cannot be read.</exception>
    public IReadOnlyList<LibraryRoot> List() => !Directory.Exists(_folder)
        ? []
        : [.. Directory.EnumerateDirectories(_folder).Select(Read).OfType<LibraryRoot>().OrderBy(library => library.Name, StringComparer.Ordinal)];

    /// <summary>The library called <paramref name="name"/>, or null.</summary>
    public LibraryRoot? Find(string name) => List().FirstOrDefault(library => library.Name == name);

    /// <summary>
    /// The library whose root is the folder, or else the one that holds it, with <see cref="LibraryRoot.Folder"/> set to that
    /// part; the innermost where libraries lie within each other. Null when the folder belongs to none.
    /// </summary>
    public LibraryRoot? FindByFolder(string folder)
    {
        var path = Resolve(folder);
        return List().Select(library => Within(library, path)).OfType<LibraryRoot>().MaxBy(library => library.Root.Length);
    }

    /// <summary>The library of the folder as <see cref="FindByFolder"/> finds it; where there is none, the folder becomes a new library.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="name">The name of a new library; null takes it from the folder's name and makes it unique.</param>
    /// <exception cref="IndexException">The folder is missing, the name is taken by another folder, or the home cannot be written.</exception>
    public LibraryRoot FindOrAdd(string folder, string? name = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new IndexException(IndexFault.RootMissing, File.Exists(folder)
                ? $"{folder} is a file. Give the folder that holds the pictures."
                : $"The folder {folder} does not exist. Check the path, and that its disk is mounted.");
        }

        return FindByFolder(folder) is { } known && (name is null || name == known.Name) ? known : Add(Resolve(folder), name);
    }

    /// <summary>Drops a library's entry and its ledgers. Its points are not touched: <see cref="ImageIndexer.ForgetAsync"/> deletes those.</summary>
    public void Remove(LibraryRoot library)
    {
        var folder = FolderOf(library);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The path of the ledger of a library, or of a share of it, for one collection.</summary>
    public string LedgerOf(LibraryRoot library, string collection, IndexShard shard) =>
        Path.Join(FolderOf(library), $"{collection}{shard.FileSuffix}{LedgerEnding}");

    /// <summary>The shares of a library that have a ledger for the collection, in order.</summary>
    public IReadOnlyList<IndexShard> ShardsOf(LibraryRoot library, string collection) => !Directory.Exists(FolderOf(library))
        ? []
        : [.. Directory.EnumerateFiles(FolderOf(library), $"{collection}*{LedgerEnding}")
            .Select(path => IndexShard.FromFileSuffix(Path.GetFileName(path)[collection.Length..^LedgerEnding.Length]))
            .OfType<IndexShard>()
            .OrderBy(shard => shard.Count)
            .ThenBy(shard => shard.Number)];

    private LibraryRoot Add(string root, string? name)
    {
        var taken = List().Select(library => library.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (name is not null && (name != Clean(name) || taken.Contains(name)))
        {
            throw new IndexException(IndexFault.LibraryUnknown, taken.Contains(name)
                ? $"A library called {name} exists already for another folder. Give another name."
                : $"'{name}' cannot be a library's name. Use letters, digits, '-', '_' and '.', at most {LongestName} of them.");
        }

        var unique = name ?? Clean(Path.GetFileName(root));
        for (var i = 2; taken.Contains(unique); i++)
        {
            unique = $"{Clean(Path.GetFileName(root))}-{i}";
        }

        var library = new LibraryRoot(unique, root);
        try
        {
            Write(library);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IndexException(
                IndexFault.LedgerUnusable, $"The library {unique} cannot be written to {_folder}: {failure.Message} Check permissions and free space.", failure);
        }

        return library;
    }

    /// <summary>The part of the library that the path names; null when it lies outside, or where a walk of the library never comes.</summary>
    private static LibraryRoot? Within(LibraryRoot library, string path)
    {
        if (path == library.Root)
        {
            return library;
        }

        var root = WithSeparator(library.Root);
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            return null;
        }

        var folder = path[root.Length..].Replace(Path.DirectorySeparatorChar, '/');
        return PictureNames.IsPassedOver(folder) ? null : library with { Folder = folder };
    }

    private void Write(LibraryRoot library)
    {
        var folder = FolderOf(library);
        Directory.CreateDirectory(folder);

        // Written beside and renamed, so that a crash leaves either no entry or a whole one.
        var path = Path.Join(folder, "library.json");
        File.WriteAllText(
            path + ".new",
            JsonSerializer.Serialize(new LibraryFile(LibraryFile.CurrentFormat, library.Name, library.Root), LibraryFileJson.Default.LibraryFile));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static LibraryRoot? Read(string folder)
    {
        var path = Path.Join(folder, "library.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllText(path), LibraryFileJson.Default.LibraryFile);
            return file?.Format switch
            {
                LibraryFile.CurrentFormat => new LibraryRoot(file.Name, file.Root),
                > LibraryFile.CurrentFormat => throw new IndexException(
                    IndexFault.LedgerUnusable, $"{path} was written by a newer version of the program (format {file.Format}). Use that version."),
                _ => throw new JsonException("it has no format number"),
            };
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new IndexException(
                IndexFault.LedgerUnusable, $"{path} cannot be read: {failure.Message} Restore it or delete its folder; the library is then indexed anew.", failure);
        }
    }

    /// <summary>The absolute path with every link on the way resolved, so that one folder has one path.</summary>
    private static string Resolve(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(full);
        if (parent is null)
        {
            return full;
        }

        var here = Path.Join(Resolve(parent), Path.GetFileName(full));
        var target = Directory.Exists(here) ? Directory.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName : null;
        return target is null ? here : Resolve(target);
    }

    private static string WithSeparator(string path) => Path.EndsInDirectorySeparator(path) ? path : path + Path.DirectorySeparatorChar;

    private static string Clean(string name)
    {
        var clean = new string([.. name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-').Take(LongestName)]).Trim('-', '.');
        return clean.Length == 0 ? "library" : clean;
    }

    private string FolderOf(LibraryRoot library) => Path.Join(_folder, library.Name);
}
