using ImageSearch.Settings;

namespace ImageSearch.Indexer.Settings;

/// <summary>Every setting of the worker: the library's, and its own.</summary>
internal static class WorkerSettings
{
    /// <summary>Key of the address for health and metrics.</summary>
    public const string Listen = "Worker:Listen";

    /// <summary>All settings of the options.</summary>
    public static IReadOnlyList<Setting> Of(WorkerOptions options) => [.. ImageSearchSettings.Of(options.Search), .. Own(options)];

    /// <summary>The worker's own.</summary>
    public static IReadOnlyList<Setting> Own(WorkerOptions options) =>
    [
        new Setting(Listen, "Address where health and metrics are answered; port 0 takes a free one.", "http://HOST:PORT",
            () => options.Listen, text => options.Listen = IsAddress(text) ? text : throw new FormatException()),
        Setting.Whole("Worker:LongestPauseSeconds", "Longest pause before what failed is tried again, in seconds.", 1, 86_400,
            () => (long)options.LongestPause.TotalSeconds, value => options.LongestPause = TimeSpan.FromSeconds(value)),
        .. options.Libraries.SelectMany((library, index) => Of(library, index)),
    ];

    private static IEnumerable<Setting> Of(ConfiguredLibrary library, int index) =>
    [
        Setting.Name($"Libraries:{index}:Name", "Name of a library; by default that of its folder.", () => library.Name, value => library.Name = value),
        Setting.Folder($"Libraries:{index}:Path", "Folder of a library. Without any, the libraries known in the home folder are indexed.", () => library.Path, value => library.Path = value),
    ];

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http", AbsolutePath: "/", Query: "" };
}
