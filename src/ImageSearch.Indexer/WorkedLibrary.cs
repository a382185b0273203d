using ImageSearch.Indexer.Settings;
using ImageSearch.Indexing;
using ImageSearch.Settings;

namespace ImageSearch.Indexer;

/// <summary>A library that the worker keeps in step.</summary>
/// <param name="Name">The name by which health and logs know it.</param>
/// <param name="Find">Finds it in the catalog, or adds it there; its folder may be missing for a while.</param>
internal sealed record WorkedLibrary(string Name, Func<LibraryRoot> Find)
{
    /// <summary>The libraries that the settings name, or else those that the home folder knows.</summary>
    /// <exception cref="SettingException">There is none, one is named twice, or one lies within another.</exception>
    public static IReadOnlyList<WorkedLibrary> Of(ImageSearchHome home, WorkerOptions options)
    {
        var folders = options.Libraries.Where(library => library.Path is not null)
            .Select(library => (Path: Path.TrimEndingDirectorySeparator(Path.GetFullPath(library.Path!)), library.Name))
            .ToList();
        var inner = folders.Find(library => folders.Exists(outer => library.Path.StartsWith(outer.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
        if (inner.Path is not null)
        {
            throw new SettingException($"The library folder {inner.Path} lies within that of another library, which holds its pictures already. Leave it out.");
        }

        IReadOnlyList<WorkedLibrary> worked = folders.Count > 0
            ? [.. folders.Select(library => new WorkedLibrary(library.Name ?? Path.GetFileName(library.Path), () => home.Libraries.FindOrAdd(library.Path, library.Name)))]
            : [.. home.Libraries.List().Select(library => new WorkedLibrary(library.Name, () => library))];
        if (worked.Count == 0)
        {
            throw new SettingException($"There is no library to index. Set Libraries:0:Path to a folder, or index one into {home.Folder} first.");
        }

        var twice = worked.GroupBy(library => library.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? worked
            : throw new SettingException($"Two libraries are called {twice}. Set the Libraries:N:Name of one to another name.");
    }
}
