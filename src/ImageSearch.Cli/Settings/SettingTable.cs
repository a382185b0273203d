using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Graphics;

namespace ImageSearch.Cli.Settings;

/// <summary>Every setting there is: what files, variables and flags may set, and what the documentation is printed from.</summary>
internal static class SettingTable
{
    /// <summary>Key of the home folder.</summary>
    public const string Home = "Home";

    /// <summary>Key of the embedding provider.</summary>
    public const string Provider = "Embedding:Provider";

    /// <summary>Key of the collection's name.</summary>
    public const string Collection = "Collection:Name";

    /// <summary>Key of the number of hits.</summary>
    public const string Limit = "Searching:Limit";

    /// <summary>Key of the lowest score shown.</summary>
    public const string MinScore = "Searching:MinScore";

    /// <summary>Key of the output format.</summary>
    public const string Format = "Output:Format";

    /// <summary>Key of the thumbnail protocol.</summary>
    public const string Thumbnails = "Output:Thumbnails";

    /// <summary>All settings, by section.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Setting.Folder(Home, "Where collections, ledgers and the embedding cache lie; by default `imagesearch` in the platform's data folder.",
            options => options.Search.Home, (options, value) => options.Search.Home = value),
        Setting.Choice(Provider, "What makes vectors out of pictures and words.", typeof(EmbeddingProvider),
            options => options.Search.Provider, (options, value) => options.Search.Provider = (EmbeddingProvider)value),
        Setting.Text("Embedding:Model", "Id of the embedding model, or the ARN of a provisioned one; by default the provider's own.",
            options => options.Search.Model, (options, value) => options.Search.Model = value),
        Setting.Whole("Embedding:Dimension", "Numbers in a vector: 1024 offline; 256, 384 or 1024 with titan.", 1, 65_536,
            options => options.Search.Dimension, (options, value) => options.Search.Dimension = (int)value)
            with
        { DefaultText = "1024" },
        Setting.Name(Collection, "Collection to index into and to search; by default it is named after the provider and its dimension.",
            options => options.Search.Collection, (options, value) => options.Search.Collection = value),
        Setting.Whole("Imaging:MaxBytes", "Largest file that is read, in bytes.", 1, 1L << 32,
            options => options.Search.Limits.MaxBytes, (options, value) => options.Search.Limits = options.Search.Limits with { MaxBytes = value }),
        Setting.Whole("Imaging:MaxPixels", "Most pixels of a picture that is decoded in strips (baseline JPEG, PNG).", 1, 1L << 32,
            options => options.Search.Limits.MaxPixels, (options, value) => options.Search.Limits = options.Search.Limits with { MaxPixels = value }),
        Setting.Whole("Imaging:MaxWholePixels", "Most pixels of a picture that is decoded whole (progressive JPEG, interlaced PNG, WebP, GIF, TIFF, HEIF).", 1, 1L << 32,
            options => options.Search.Limits.MaxWholePixels, (options, value) => options.Search.Limits = options.Search.Limits with { MaxWholePixels = value }),
        Setting.Whole("Imaging:MaxSide", "Longest side of a picture, in pixels.", 1, 1 << 20,
            options => options.Search.Limits.MaxSide, (options, value) => options.Search.Limits = options.Search.Limits with { MaxSide = (int)value }),
        Setting.Whole("Indexing:Readers", "Files read and decoded at the same time.", 1, 256,
            options => options.Search.Indexing.Readers, (options, value) => options.Search.Indexing = options.Search.Indexing with { Readers = (int)value })
            with
        { DefaultText = "one for each processor" },
        Setting.Whole("Indexing:Embedders", "Pictures embedded at the same time.", 1, 256,
            options => options.Search.Indexing.Embedders, (options, value) => options.Search.Indexing = options.Search.Indexing with { Embedders = (int)value }),
        Setting.Whole("Indexing:BatchSize", "Most pictures written to the collection at once.", 1, 10_000,
            options => options.Search.Indexing.BatchSize, (options, value) => options.Search.Indexing = options.Search.Indexing with { BatchSize = (int)value }),
        Setting.Whole("Indexing:ReadSeconds", "Longest time for reading one file, in seconds.", 1, 3600,
            options => (long)options.Search.Indexing.ReadTimeLimit.TotalSeconds, (options, value) => options.Search.Indexing = options.Search.Indexing with { ReadTimeLimit = TimeSpan.FromSeconds(value) }),
        Setting.Whole("Indexing:WatchQuietSeconds", "How long a folder must be quiet before a watch takes it up, in seconds.", 1, 3600,
            options => (long)options.Search.Indexing.WatchQuiet.TotalSeconds, (options, value) => options.Search.Indexing = options.Search.Indexing with { WatchQuiet = TimeSpan.FromSeconds(value) }),
        Setting.Whole("Indexing:WatchRescanMinutes", "How often a watch looks through the whole library, in minutes.", 1, 1440,
            options => (long)options.Search.Indexing.WatchRescan.TotalMinutes, (options, value) => options.Search.Indexing = options.Search.Indexing with { WatchRescan = TimeSpan.FromMinutes(value) }),
        Setting.Whole(Limit, "Most hits shown.", 1, 1000,
            options => options.Limit, (options, value) => options.Limit = (int)value),
        Setting.Fraction(MinScore, "Lowest score shown.", 0, 1,
            options => options.MinScore, (options, value) => options.MinScore = value),
        Setting.Choice(Format, "How results are printed.", typeof(OutputFormat),
            options => options.Format, (options, value) => options.Format = (OutputFormat)value),
        Setting.Choice(Thumbnails, "How pictures are drawn in the terminal, in tables of hits.", typeof(ThumbnailProtocol),
            options => options.Thumbnails, (options, value) => options.Thumbnails = (ThumbnailProtocol)value),
    ];

    private static readonly Dictionary<string, Setting> ByKey = All.ToDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The setting with this key, which is known to exist.</summary>
    public static Setting Of(string key) => ByKey[key];

    /// <summary>The setting with a key that a person wrote.</summary>
    /// <exception cref="UsageException">There is none; the message names the key, the value and what is allowed.</exception>
    public static Setting Find(string key, string source, string value) =>
        ByKey.GetValueOrDefault(key)
        ?? throw new UsageException($"{source}: there is no setting \"{key}\" (value \"{value}\"). Allowed are {string.Join(", ", ByKey.Keys)}.");
}
