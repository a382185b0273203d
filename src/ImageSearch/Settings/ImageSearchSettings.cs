using ImageSearch.Indexing;
using ImageSearch.Searching;
using ImageSearch.Spending;

namespace ImageSearch.Settings;

/// <summary>The settings that decide an <see cref="ImageSearchOptions"/>: what every program of ours takes, beside its own.</summary>
public static class ImageSearchSettings
{
    /// <summary>Key of the home folder.</summary>
    public const string Home = "Home";

    /// <summary>Key of the embedding provider.</summary>
    public const string Provider = "Embedding:Provider";

    /// <summary>Key of the embedding model.</summary>
    public const string Model = "Embedding:Model";

    /// <summary>Key of the vectors' dimension.</summary>
    public const string Dimension = "Embedding:Dimension";

    /// <summary>Key of the collection's name.</summary>
    public const string Collection = "Collection:Name";

    /// <summary>Key of the role for batches.</summary>
    public const string BatchRole = "Batch:Role";

    /// <summary>Key of the share that is indexed.</summary>
    public const string Shard = "Indexing:Shard";

    /// <summary>Key of the key of the collection's server.</summary>
    public const string CollectionApiKey = "Collection:ApiKey";

    /// <summary>Key of the cap on spending.</summary>
    public const string MaxCost = "Spending:MaxCost";

    /// <summary>Key of how many hits a search has judged.</summary>
    public const string Judge = "Vision:Judge";

    /// <summary>Key of the cap on what one question to the model that looks at pictures may cost.</summary>
    public const string VisionMaxCost = "Vision:MaxCost";

    /// <summary>Keys of what names a collection and the making of its vectors: all of them come from <see cref="CurrentCollection"/> where no setting has any.</summary>
    public static IReadOnlyList<string> OfTheCollection { get; } = [Provider, Model, Dimension, Collection];

    /// <summary>The settings of these options, by section. The options' present values are the defaults.</summary>
    public static IReadOnlyList<Setting> Of(ImageSearchOptions options) =>
    [
        Setting.Folder(Home, "Where collections, ledgers and the embedding cache lie; by default `imagesearch` in the platform's data folder.",
            () => options.Home, value => options.Home = value),
        Setting.Choice(Provider, "What makes vectors out of pictures and words.", typeof(EmbeddingProvider),
            () => options.Provider, value => options.Provider = (EmbeddingProvider)value),
        Setting.Text(Model, "Id of the embedding model, or the ARN of a provisioned one; by default the provider's own.",
            () => options.Model, value => options.Model = value),
        Setting.Whole(Dimension, "Numbers in a vector: 1024 offline; 256, 384 or 1024 with titan; also 3072 with nova; 256, 512, 1024 or 1536 with cohere.", 1, 65_536,
            () => options.Dimension, value => options.Dimension = (int)value)
            with
        { Default = "1024" },
        Setting.Whole("Embedding:CallsAtOnce", "Most calls to a provider at once when indexing; it makes fewer where the provider takes fewer.", 1, 256,
            () => options.CallsAtOnce, value => options.CallsAtOnce = (int)value),
        Setting.NameOrAddress(Collection, "Collection to index into and to search; by default it is named after the provider and its dimension.",
            () => options.Collection, value => options.Collection = value),
        Setting.Secret(CollectionApiKey, $"Key of the Qdrant server. {SettingSources.ApiKeyVariable} sets it too.",
            () => options.CollectionApiKey, value => options.CollectionApiKey = value),
        Setting.Text(BatchRole, "ARN of the IAM role with which Amazon Bedrock reads and writes the files of `index --batch`.",
            () => options.BatchRole, value => options.BatchRole = value),
        .. Spending(options),
        .. VisionSettings.Of(options),
        .. Imaging(options),
        .. Indexing(options),
        .. Searching(options),
    ];

    private static IReadOnlyList<Setting> Spending(ImageSearchOptions options) =>
    [
        Setting.Dollars(MaxCost, "Most that a run may spend, in US dollars; it stops before it would spend more.",
            () => options.Spending.Cap.Dollars, value => options.Spending = options.Spending with { Cap = new SpendCap(value) }),
        Setting.Dollars("Spending:PicturePrice", "Price of one picture with the embedding model, in US dollars; by default the one known for the model.",
            () => options.Spending.PicturePrice, value => options.Spending = options.Spending with { PicturePrice = value }),
        Setting.Dollars("Spending:TextPrice", "Price of 1,000 tokens of text with the embedding model, in US dollars; by default the one known for the model.",
            () => options.Spending.TextPrice, value => options.Spending = options.Spending with { TextPrice = value }),
        Setting.Day("Spending:PricesAsOf", "Day on which the prices that are set here were looked up.",
            () => options.Spending.PricesAsOf, value => options.Spending = options.Spending with { PricesAsOf = value }),
    ];

    private static IReadOnlyList<Setting> Searching(ImageSearchOptions options) =>
    [
        Setting.Choice("Searching:Plan", "Who reads dates and exclusions out of the words of a search: rules (English), which cost nothing, or the model of Vision:Model, which reads more and costs money.", typeof(QueryPlanning),
            () => options.Plan, value => options.Plan = (QueryPlanning)value),
        Setting.Switch("Searching:Translate", "Whether that model puts the words of every search into English.",
            () => options.Translate, value => options.Translate = value),
    ];

    private static IReadOnlyList<Setting> Imaging(ImageSearchOptions options) =>
    [
        Setting.Whole("Imaging:MaxBytes", "Largest file that is read, in bytes.", 1, 1L << 32,
            () => options.Limits.MaxBytes, value => options.Limits = options.Limits with { MaxBytes = value }),
        Setting.Whole("Imaging:MaxPixels", "Most pixels of a picture that is decoded in strips (baseline JPEG, PNG).", 1, 1L << 32,
            () => options.Limits.MaxPixels, value => options.Limits = options.Limits with { MaxPixels = value }),
        Setting.Whole("Imaging:MaxWholePixels", "Most pixels of a picture that is decoded whole (progressive JPEG, interlaced PNG, WebP, GIF, TIFF, HEIF).", 1, 1L << 32,
            () => options.Limits.MaxWholePixels, value => options.Limits = options.Limits with { MaxWholePixels = value }),
        Setting.Whole("Imaging:MaxSide", "Longest side of a picture, in pixels.", 1, 1 << 20,
            () => options.Limits.MaxSide, value => options.Limits = options.Limits with { MaxSide = (int)value }),
    ];

    private static IReadOnlyList<Setting> Indexing(ImageSearchOptions options) =>
    [
        Setting.Whole("Indexing:Readers", "Files read and decoded at the same time.", 1, 256,
            () => options.Indexing.Readers, value => options.Indexing = options.Indexing with { Readers = (int)value })
            with
        { Default = "one for each processor" },
        Setting.Whole("Indexing:Embedders", "Pictures embedded at the same time on this machine; for a provider that is called, Embedding:CallsAtOnce decides.", 1, 256,
            () => options.Indexing.Embedders, value => options.Indexing = options.Indexing with { Embedders = (int)value }),
        Setting.Whole("Indexing:BatchSize", "Most pictures written to the collection at once.", 1, 10_000,
            () => options.Indexing.BatchSize, value => options.Indexing = options.Indexing with { BatchSize = (int)value }),
        Setting.Whole("Indexing:ReadSeconds", "Longest time for reading one file, in seconds.", 1, 3600,
            () => (long)options.Indexing.ReadTimeLimit.TotalSeconds, value => options.Indexing = options.Indexing with { ReadTimeLimit = TimeSpan.FromSeconds(value) }),
        Setting.Whole("Indexing:WatchQuietSeconds", "How long a folder must be quiet before a watch takes it up, in seconds.", 1, 3600,
            () => (long)options.Indexing.WatchQuiet.TotalSeconds, value => options.Indexing = options.Indexing with { WatchQuiet = TimeSpan.FromSeconds(value) }),
        Setting.Whole("Indexing:WatchRescanMinutes", "How often a watch looks through the whole library, in minutes.", 1, 1440,
            () => (long)options.Indexing.WatchRescan.TotalMinutes, value => options.Indexing = options.Indexing with { WatchRescan = TimeSpan.FromMinutes(value) }),
        new Setting(Shard, "Share of each library to index, where several indexers work side by side: `3/8` is share 3 of 0 to 7.", "K/N with K from 0 to N - 1",
            () => options.Indexing.Shard.ToString(),
            text => options.Indexing = options.Indexing with { Shard = IndexShard.TryParse(text, out var shard) ? shard : throw new FormatException() }),
    ];
}
