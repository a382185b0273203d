using ImageSearch.Settings;

namespace ImageSearch.Server.Settings;

/// <summary>The command line of the server: a few flags for settings that differ between servers of one machine.</summary>
internal static class ServerArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help =
        """
        Serves the page and the API of ImageSearch, until it is stopped.

        Usage: ImageSearch.Server [--home DIR] [--provider PROVIDER] [--collection NAME] [--listen http://HOST:PORT]
                                   [--vision true|false]

        Every setting can also come from the environment (IMAGESEARCH__Section__Key) and from imagesearch.json in the current
        directory or the home folder; docs/configuration.md and docs/operations.md list them.
        """;

    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["--home"] = ImageSearchSettings.Home,
        ["--provider"] = ImageSearchSettings.Provider,
        ["--collection"] = ImageSearchSettings.Collection,
        ["--listen"] = ServerSettings.Listen,
        ["--vision"] = ServerSettings.Vision,
    };

    /// <summary>The options that arguments, environment and files add up to.</summary>
    /// <exception cref="SettingException">An argument, key or value is not known.</exception>
    public static ServerOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new ServerOptions();
        SettingFlags.Apply(arguments, Flags, ServerSettings.Of(options));
        return options;
    }
}
