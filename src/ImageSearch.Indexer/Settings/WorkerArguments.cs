using ImageSearch.Settings;

namespace ImageSearch.Indexer.Settings;

/// <summary>The command line of the worker: a few flags for settings that differ between workers of one machine.</summary>
internal static class WorkerArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help =
        """
        Indexes libraries of pictures and keeps them in step, until it is stopped.

        Usage: ImageSearch.Indexer [--home DIR] [--provider PROVIDER] [--collection NAME] [--shard K/N] [--listen http://HOST:PORT]

        Every setting can also come from the environment (IMAGESEARCH__Section__Key) and from imagesearch.json in the current
        directory or the home folder; docs/configuration.md and docs/operations.md list them.
        """;

    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["--home"] = ImageSearchSettings.Home,
        ["--provider"] = ImageSearchSettings.Provider,
        ["--collection"] = ImageSearchSettings.Collection,
        ["--shard"] = ImageSearchSettings.Shard,
        ["--listen"] = WorkerSettings.Listen,
    };

    /// <summary>The options that arguments, environment and files add up to.</summary>
    /// <exception cref="SettingException">An argument, key or value is not known.</exception>
    public static WorkerOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new WorkerOptions();
        SettingFlags.Apply(arguments, Flags, WorkerSettings.Of(options));
        return options.Libraries.FirstOrDefault(library => library is { Name: not null, Path: null }) is { } pathless
            ? throw new SettingException($"The library {pathless.Name} has a name and no path. Set its Libraries:N:Path.")
            : options;
    }
}
