using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>How an indexer works.</summary>
public sealed record ImageIndexerOptions
{
    /// <summary>Files read and decoded at the same time.</summary>
    /// <value>The default is the number of processors.</value>
    public int Readers { get; init; } = Environment.ProcessorCount;

    /// <summary>Pictures embedded at the same time; each is held in memory until it has its vector.</summary>
    /// <value>The default is 4.</value>
    public int Embedders { get; init; } = 4;

    /// <summary>Most points written at once.</summary>
    /// <value>The default is 256.</value>
    public int BatchSize { get; init; } = 256;

    /// <summary>Longest time that a finished point waits to be written.</summary>
    /// <value>The default is half a second.</value>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest time for reading one file; a file on a dead network drive fails, and the run goes on.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ReadTimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time, after a request to stop, for writing what is finished.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan DrainTimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What happens when very much is gone from the disk.</summary>
    /// <value>The default is to refuse.</value>
    public MassDeletion MassDeletion { get; init; } = MassDeletion.Refuse;

    /// <summary>How long a folder must be quiet before a watch takes it up.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan WatchQuiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a watch looks through the whole library, for what the system did not report.</summary>
    /// <value>The default is 15 minutes.</value>
    public TimeSpan WatchRescan { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The share of each library that is indexed, where several indexers work side by side.</summary>
    /// <value>The default is <see cref="IndexShard.Whole"/>.</value>
    public IndexShard Shard { get; init; } = IndexShard.Whole;

    /// <summary>Ceilings for pictures.</summary>
    /// <value>The default is <see cref="ImageLimits.Default"/>.</value>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Price of embedding one picture, in US dollars; feeds the estimate only.</summary>
    /// <value>The default is 0.</value>
    public decimal PricePerPicture { get; init; }

    /// <summary>Says of a SHA-256 (lower-case hexadecimal) whether its vector is known from elsewhere and costs nothing; feeds the estimate only.</summary>
    /// <value>The default knows none; what the ledger holds is known in any case.</value>
    public Func<string, bool> IsEmbedded { get; init; } = _ => false;
}
