using ImageSearch.Captioning;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Batch;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Pacing;
using ImageSearch.Searching;
using ImageSearch.Spending;
using Microsoft.Extensions.Logging;

namespace ImageSearch;

/// <summary>
/// One home folder and everything in it, put together: libraries, collections, embedding cache, generators. Nothing is opened
/// or made before it is asked for. What it gives out must be disposed before it.
/// </summary>
public sealed class ImageSearchHome : IDisposable
{
    private readonly ImageSearchOptions _options;
    private readonly TimeProvider _time;
    private readonly Lazy<EmbeddingCache> _cache;
    private readonly Lazy<SpendLedger> _spending;
    private readonly SpendRun _run;
    private readonly EmbeddingGenerators _generators;
    private readonly HomeVision _vision;

    /// <summary>The home that <paramref name="options"/> name.</summary>
    /// <param name="options">Where it lies and what it works with.</param>
    /// <param name="time">The clock.</param>
    public ImageSearchHome(ImageSearchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options, time);
        Folder = Path.GetFullPath(options.Home ?? DefaultFolder);
        _cache = new(() => EmbeddingCache.Open(CachePath));
        _spending = new(() => SpendLedger.Open(SpendingPath));
        _run = new(() => _spending.Value, options.Spending.Cap, time);
        _generators = new(options, () => Cache, _run, time);
        _vision = new(options, Folder, _run, () => _spending.Value, time);
    }

    /// <summary>
    /// The platform's data folder with <c>imagesearch</c> in it: <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c> on Linux,
    /// <c>~/Library/Application Support</c> on macOS, the local application data on Windows.
    /// </summary>
    public static string DefaultFolder { get; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "imagesearch");

    /// <summary>The home folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>Names of the collections that lie in the home, in order.</summary>
    public IReadOnlyList<string> Collections => EmbeddedCollection.List(CollectionsFolder);

    /// <summary>The file of the embedding cache.</summary>
    public string CachePath => Path.Combine(Folder, "embeddings.db");

    /// <summary>The file of the ledger of spending.</summary>
    public string SpendingPath => Path.Combine(Folder, "spend.db");

    /// <summary>What was spent through this home since it was made, in US dollars; null where the provider costs nothing or its price is not known.</summary>
    public decimal? Spent => Price is { IsKnown: true } ? _run.Spent : null;

    /// <summary>What was spent through this home since it was made, on models and providers alike, in US dollars; null where the price of the model that looks at pictures is not known.</summary>
    public decimal? VisionSpent => _options.Vision.Price.IsKnown ? _run.Spent : null;

    /// <summary>What the provider's calls cost; null where they cost nothing.</summary>
    /// <exception cref="EmbeddingException">There is a cap and no known price, so that it cannot be kept.</exception>
    public ModelPrice? Price => _generators.Price;

    /// <summary>What the provider's vectors are made by.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    public CollectionFingerprint Fingerprint => _generators.Fingerprint;

    /// <summary>Name or address of the collection: the one of the options, or else the provider's model and dimension.</summary>
    public string CollectionName => _options.Collection ?? $"{_options.Provider.ToString().ToLowerInvariant()}-{Fingerprint.Dimension}";

    /// <summary>The collection and what makes its vectors.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    public CollectionChoice Choice => new(_options.Provider, _options.Model, Fingerprint.Dimension, CollectionName);

    /// <summary>The libraries known here.</summary>
    public LibraryCatalog Libraries => new(Folder);

    /// <summary>The embedding cache; made when it is not there.</summary>
    public EmbeddingCache Cache => _cache.Value;

    /// <summary>Whether the collection lies on a server, and not in the home.</summary>
    public bool IsOnServer => QdrantAddress.TryParse(CollectionName, out _);

    /// <summary>The server that the collection lies on; null when it lies in the home. Dispose of it after use.</summary>
    public QdrantServer? OpenServer() => QdrantAddress.TryParse(CollectionName, out var address) ? new QdrantServer(address, _options.CollectionApiKey, _time) : null;

    /// <summary>Opens the collection, whose vectors must be of the provider's making.</summary>
    /// <exception cref="CollectionException">It cannot be used.</exception>
    public Task<IImageCollection> OpenCollectionAsync(CollectionAccess access, CancellationToken cancellationToken) =>
        OpenCollectionAsync(CollectionName, Fingerprint, access, cancellationToken);

    /// <summary>Opens a collection that is there, whatever made its vectors.</summary>
    /// <param name="name">The name of one in the home, or the address of one on a server.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="CollectionException">It is not there or cannot be used.</exception>
    public Task<IImageCollection> OpenCollectionAsync(string name, CollectionAccess access, CancellationToken cancellationToken) =>
        OpenCollectionAsync(name, expected: null, access, cancellationToken);

    /// <summary>
    /// Makes another collection what the collection is, with vectors and ledgers: the next run into it finds everything unchanged and
    /// embeds nothing. It is made when it is not there; what it has beyond the collection is deleted. Running it again after it was stopped goes on.
    /// </summary>
    /// <param name="target">The name of one in the home, or the address of one on a server.</param>
    /// <param name="progress">Hears how many points were gone through; null for nobody.</param>
    /// <param name="cancellationToken">Stops it; what was copied stays.</param>
    /// <exception cref="ArgumentException">The target is the collection itself.</exception>
    /// <exception cref="CollectionException">The target holds a library that the collection does not know, or one of the two cannot be used.</exception>
    /// <exception cref="IndexException">A library is being indexed, or a ledger cannot be used.</exception>
    public async Task<CollectionCopySummary> CopyCollectionAsync(string target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (LedgerNameOf(target) == LedgerName)
        {
            throw new ArgumentException($"'{target}' is the collection itself.", nameof(target));
        }

        using var ledgers = LedgerTransfer.Begin(Libraries, LedgerName, LedgerNameOf(target), _time);
        await using var source = await OpenCollectionAsync(CollectionAccess.Read, cancellationToken);
        await using var copy = await OpenCollectionAsync(target, Fingerprint, CollectionAccess.Write, cancellationToken);
        var copying = await CollectionCopy.BeginAsync(source, copy, Indexing.BatchSize, progress, cancellationToken);
        ledgers.Empty();
        var summary = await copying.RunAsync(cancellationToken);
        ledgers.Complete(source.InstanceId, copy.InstanceId);
        return summary;
    }

    /// <summary>Whether the vector of a picture is in the embedding cache, by the picture's SHA-256 in lower-case hexadecimal.</summary>
    public bool IsEmbedded(string sha256) =>
        File.Exists(CachePath) && Cache.Find(new EmbeddingKey(Fingerprint.Model, Fingerprint.Dimension, sha256)) is not null;

    /// <summary>Whether the library, or the share of it that the options name, was ever indexed into the collection.</summary>
    public bool HasLedger(LibraryRoot library) => Shards(library).Contains(_options.Indexing.Shard);

    /// <summary>The shares of the library that were ever indexed into the collection, each with a ledger of its own.</summary>
    public IReadOnlyList<IndexShard> Shards(LibraryRoot library) => Libraries.ShardsOf(library, LedgerName);

    /// <summary>Opens what the indexer knows about the library, or the share of it that the options name, in the collection.</summary>
    /// <exception cref="IndexException">It cannot be used.</exception>
    public Ledger OpenLedger(LibraryRoot library) => OpenLedger(library, _options.Indexing.Shard);

    /// <summary>Opens what the indexer knows about a share of the library in the collection.</summary>
    /// <exception cref="IndexException">It cannot be used.</exception>
    public Ledger OpenLedger(LibraryRoot library, IndexShard shard) => Ledger.Open(Libraries.LedgerOf(library, LedgerName, shard));

    /// <summary>An indexer of a library into a collection; pictures whose vectors are cached cost nothing.</summary>
    public ImageIndexer IndexerOf(IImageCollection collection, Ledger ledger, ILogger<ImageIndexer> logger) =>
        new(collection, _generators.Documents, ledger, Indexing, _time, logger);

    /// <summary>What indexing a library would do, without doing it: files are read, nothing is embedded and nothing is written.</summary>
    /// <exception cref="IndexException">The folder is missing or the ledger cannot be read.</exception>
    public Task<IndexEstimate> EstimateAsync(LibraryRoot library, Ledger ledger, CancellationToken cancellationToken) =>
        ImageIndexer.EstimateAsync(
            library, ledger, Indexing with { IsEmbedded = IsEmbedded, PricePerPicture = Price?.PerPicture ?? 0 }, _time, cancellationToken);

    /// <summary>
    /// Embeds the pictures of libraries that have no vector yet through the provider's batch inference, into the embedding cache, and
    /// waits for that; indexing them then costs nothing. Running it again after it was stopped goes on where it was.
    /// </summary>
    /// <param name="libraries">The libraries.</param>
    /// <param name="location">The folder in S3 through which pictures and vectors go.</param>
    /// <param name="progress">Hears of each step, at once and in turn.</param>
    /// <param name="cancellationToken">Stops it; jobs that were submitted go on.</param>
    /// <exception cref="BatchException">It cannot start or go on.</exception>
    /// <exception cref="EmbeddingException">The cap on spending would be passed.</exception>
    /// <exception cref="IndexException">A folder is missing, or another process is indexing the library.</exception>
    public async Task EmbedInBatchAsync(
        IReadOnlyList<LibraryRoot> libraries, S3Location location, IProgress<BatchStep> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(libraries);
        var price = Price ?? ModelPrice.Unknown(Fingerprint.Model);
        await using var batch = LibraryBatch.Open(_options, Path.Combine(Folder, "batch"), location, Fingerprint, price, Cache, _run, progress, _time);
        await batch.ResumeAsync(cancellationToken);
        foreach (var library in libraries)
        {
            using var ledger = OpenLedger(library);
            await batch.AddAsync(new PendingPictures(library, ledger, Indexing with { IsEmbedded = IsEmbedded }, _time), cancellationToken);
        }

        await batch.CompleteAsync(cancellationToken);
    }

    /// <summary>
    /// What batch inference of so many pictures costs, in US dollars; null where the provider offers none, its price is not known, or so
    /// few pictures make no job.
    /// </summary>
    public decimal? BatchCostOf(long pictures) =>
        _options.Provider == EmbeddingProvider.Titan && pictures >= new BatchLimits().MinRecords && Price is { IsKnown: true } price
            ? price.ForBatch()?.Of(new SpendUsage(pictures, 0))
            : null;

    /// <summary>What was spent in this home from a day on, by model, the dearest first; nothing where there is no ledger.</summary>
    /// <param name="since">The first day, UTC; null for all days.</param>
    /// <exception cref="SpendLedgerException">The ledger cannot be used.</exception>
    public IReadOnlyList<ModelSpend> SpentByModel(DateOnly? since = null) => File.Exists(SpendingPath) ? _spending.Value.ByModel(since) : [];

    /// <summary>How long the provider's calls are expected to take when indexing; null where it makes none.</summary>
    /// <exception cref="SpendLedgerException">The ledger cannot be used.</exception>
    public CallTime? ExpectedCallTime()
    {
        if (IsFree)
        {
            return null;
        }

        var measured = File.Exists(SpendingPath)
            ? _spending.Value.PaceOf(Fingerprint.Model, MeteredEmbeddingGenerator.PurposeOf(EmbeddingRole.Document))
            : null;
        return new CallTime(measured?.TimePerCall ?? CallTime.Assumed, _options.CallsAtOnce, measured);
    }

    /// <summary>How the provider's calls come along when indexing; null where it makes none.</summary>
    public CallPaceStatus? Pace => _generators.DocumentPace;

    /// <summary>Embeds one text and one made picture by the provider itself, past every cache; a provider that costs money is paid for both.</summary>
    /// <exception cref="EmbeddingException">The provider gave none; the message says why, and the cure.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public Task<ProviderTrial> TryProviderAsync(CancellationToken cancellationToken) =>
        ProviderTrial.RunAsync(_generators.Uncached, _time, cancellationToken);

    /// <summary>A searcher of a collection.</summary>
    /// <param name="collection">What is searched.</param>
    /// <param name="currentFolder">The absolute path from which the paths of pictures in queries count.</param>
    public ImageSearcher SearcherOf(IImageCollection collection, string currentFolder) => SearcherOf(collection, PictureReader(currentFolder));

    /// <summary>A searcher of a collection.</summary>
    /// <param name="collection">What is searched.</param>
    /// <param name="readPicture">Reads the pictures that queries name.</param>
    public ImageSearcher SearcherOf(IImageCollection collection, QueryPictureReader readPicture) => new(collection, _generators.Queries, readPicture, _time);

    /// <summary>Plans the queries of a searcher; the model of the options is not connected to before it is asked.</summary>
    public QueryPlanner PlannerOf(IImageCollection collection) => new(_vision.Interpreter, collection, _options.Plan, _time);

    /// <summary>Has the hits of a searcher looked at by the model of the options, which is not connected to before the first picture.</summary>
    /// <param name="collection">What is searched.</param>
    /// <param name="currentFolder">The absolute path from which the paths of pictures in queries count.</param>
    public JudgedSearch JudgedSearchOf(IImageCollection collection, string currentFolder) => JudgedSearchOf(collection, PictureReader(currentFolder));

    /// <summary>Has the hits of a searcher looked at by the model of the options, which is not connected to before the first picture.</summary>
    /// <param name="collection">What is searched.</param>
    /// <param name="readPicture">Reads the pictures that queries name.</param>
    public JudgedSearch JudgedSearchOf(IImageCollection collection, QueryPictureReader readPicture) =>
        new(_vision.Judge, new HitPictureFiles(QueryLibraries(), _options.Limits), collection, readPicture);

    /// <summary>Has the pictures of a collection, which is open for writing, described by the model of the options.</summary>
    public LibraryCaptioner CaptionerOf(IImageCollection collection) =>
        new(_vision.Captioner, collection, new HitPictureFiles(QueryLibraries(), _options.Limits).ReadAsync);

    /// <summary>Asks the model of the options about pictures.</summary>
    public PictureQuestions Questions => new(_vision, QueryLibraries(), _options.Limits);

    /// <inheritdoc/>
    public void Dispose()
    {
        _generators.Dispose();
        _vision.Dispose();
        if (_cache.IsValueCreated)
        {
            _cache.Value.Dispose();
        }

        if (_spending.IsValueCreated)
        {
            _spending.Value.Dispose();
        }
    }

    private async Task<IImageCollection> OpenCollectionAsync(string name, CollectionFingerprint? expected, CollectionAccess access, CancellationToken cancellationToken) =>
        QdrantAddress.TryParse(name, out var address)
            ? await QdrantCollection.OpenAsync(address, _options.CollectionApiKey, expected, access, _time, cancellationToken)
            : await EmbeddedCollection.OpenAsync(Path.Combine(CollectionsFolder, name), expected, access, _time, cancellationToken);

    private QueryPictureReader PictureReader(string currentFolder) => new QueryPictureFiles(QueryLibraries(), currentFolder, _options.Limits).ReadAsync;

    private List<QueryLibrary> QueryLibraries() => Libraries.List().Select(library => new QueryLibrary(library.Name, library.Root)).ToList();

    private static string LedgerNameOf(string collection) => QdrantAddress.TryParse(collection, out var address) ? address.FileName : collection;

    private string LedgerName => LedgerNameOf(CollectionName);

    private bool IsFree => _options.Provider == EmbeddingProvider.Offline;

    // Calls wait for their provider and not for this machine. A quarter more pictures are under way than calls may be: while those are
    // taken up, looked for in the cache or stored, the calls of the others are made.
    private ImageIndexerOptions Indexing => _options.Indexing with
    {
        Limits = _options.Limits,
        Embedders = IsFree ? _options.Indexing.Embedders : _options.CallsAtOnce + Math.Max(1, _options.CallsAtOnce / 4),
    };

    private string CollectionsFolder => Path.Combine(Folder, "collections");
}
