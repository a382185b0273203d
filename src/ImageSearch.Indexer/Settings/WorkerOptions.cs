namespace ImageSearch.Indexer.Settings;

/// <summary>Everything that settings decide: the library's options and what the worker does with them.</summary>
internal sealed class WorkerOptions
{
    private const int MostLibraries = 100;

    /// <summary>What the library takes.</summary>
    public ImageSearchOptions Search { get; } = new();

    /// <summary>Room for the libraries that the settings name; those without a path are not used.</summary>
    public IReadOnlyList<ConfiguredLibrary> Libraries { get; } = [.. Enumerable.Range(0, MostLibraries).Select(_ => new ConfiguredLibrary())];

    /// <summary>Where health and metrics are answered.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:9464";

    /// <summary>Longest pause before what failed is tried again.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);
}
