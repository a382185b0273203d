using ImageSearch.Indexing;

namespace ImageSearch.Indexer;

/// <summary>A library that the worker keeps in step.</summary>
/// <param name="Name">The name by which health and logs know it.</param>
/// <param name="Find">Finds it in the catalog, or adds it there; its folder may be missing for a while.</param>
internal sealed record WorkedLibrary(string Name, Func<LibraryRoot> Find)
{
    /// <summary>The libraries that the settings name, or else those that the home folder knows.</summary>
    /// <exception cref="ImageSearch.Settings.SettingException">There is none, or one is named twice.</exception>
    public static IReadOnlyList<WorkedLibrary> Of(ImageSearchHome home, Settings.WorkerOptions options)
    {
        var configured = options.Libraries.Where(library => library.Path is not null)
            .Select(library => (Path: Path.GetFullPath(library.Path!), library.Name))
            .Select(library => new WorkedLibrary(
                library.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(library.Path)), () => home.Libraries.FindOrAdd(library.Path, library.Name)))
            .ToList();
        var worked = configured.Count > 0 ? configured : [.. home.Libraries.List().Select(library => new WorkedLibrary(library.Name, () => library))];
        if (worked.Count == 0)
        {
            throw new ImageSearch.Settings.SettingException($"There is no library to index. Set Libraries:0:Path to a folder, or index one into {home.Folder} first.");
        }

        var twice = worked.GroupBy(library => library.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? worked
            : throw new ImageSearch.Settings.SettingException($"Two libraries are called {twice}. Set the Libraries:N:Name of one to another name.");
    }
}
