using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Indexing;
using ImageSearch.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Tests.Indexing;

/// <summary>A folder of pictures with a home beside it: real collection, real ledger, real cache, and a counting provider.</summary>
internal sealed class IndexedFolder : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TempFolder _temp = new();
    private readonly EmbeddingCache _cache;

    private IndexedFolder(string? root)
    {
        Home = Path.Join(_temp.Path, "home");
        Root = root ?? Directory.CreateDirectory(Path.Join(_temp.Path, "photos")).FullName;
        _cache = EmbeddingCache.Open(Path.Join(Home, "embeddings.db"));
        Library = new LibraryCatalog(Home).FindOrAdd(Root);
        Ledger = OpenLedger();
    }

    public string Home { get; }

    public string Root { get; }

    public LibraryRoot Library { get; set; }

    public Ledger Ledger { get; set; }

    public ContentEmbeddingGenerator Provider { get; } = new();

    /// <summary>An hour ahead, so that the files that a test just wrote are old enough to be trusted.</summary>
    public ManualTimeProvider Time { get; } = new(DateTimeOffset.UtcNow.AddHours(1));

    public ImageIndexerOptions Options { get; set; } = new() { BatchSize = 16 };

    public IImageCollection Collection { get; set; } = null!;

    public static async Task<IndexedFolder> OpenAsync(string? root = null)
    {
        var folder = new IndexedFolder(root);
        folder.Collection = await folder.OpenCollectionAsync();
        return folder;
    }

    public string CollectionFolder => Path.Join(Home, "collections", "test");

    public async Task<IImageCollection> OpenCollectionAsync() => await EmbeddedCollection.OpenAsync(
        CollectionFolder,
        new CollectionFingerprint(ContentEmbeddingGenerator.Model, ContentEmbeddingGenerator.Dimension, "1"),
        CollectionAccess.Write,
        Time,
        CancellationToken.None);

    public Ledger OpenLedger() => OpenLedger(IndexShard.Whole);

    public Ledger OpenLedger(IndexShard shard) => Ledger.Open(new LibraryCatalog(Home).LedgerOf(Library, "test", shard));

    public ImageIndexer Indexer() => Indexer(Ledger, IndexShard.Whole);

    /// <summary>An indexer of a share, with the ledger of that share.</summary>
    public ImageIndexer Indexer(Ledger ledger, IndexShard shard) => new(
        Collection, new CachingEmbeddingGenerator(Provider, _cache), ledger, Options with { Shard = shard }, Time, NullLogger<ImageIndexer>.Instance);

    /// <summary>Runs to the end; a run that hangs fails the test.</summary>
    public Task<List<IndexResult>> IndexAsync(LibraryRoot? part = null, CancellationToken cancellationToken = default) =>
        RunAsync(part, cancellationToken).WaitAsync(Patience, CancellationToken.None);

    private async Task<List<IndexResult>> RunAsync(LibraryRoot? part, CancellationToken cancellationToken)
    {
        var results = new List<IndexResult>();
        await foreach (var result in Indexer().IndexAsync(part ?? Library, cancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Runs to the end and counts.</summary>
    public async Task<IndexSummary> SummariseAsync(LibraryRoot? part = null) => Sum(await IndexAsync(part));

    public static IndexSummary Sum(IEnumerable<IndexResult> results)
    {
        var tally = new IndexTally();
        foreach (var result in results)
        {
            tally.Add(result);
        }

        return tally.Summary;
    }

    public string PathOf(string path) => Path.Join(Root, path);

    public void Write(string path, int seed) => TinyPicture.Write(PathOf(path), seed);

    /// <summary>Writes <paramref name="count"/> different pictures into a folder.</summary>
    public void WriteMany(string folder, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Write($"{folder}/{i:D5}.bmp", i + (folder.Sum(c => c) * 100_000));
        }
    }

    public async Task<ImagePoint?> PointAsync(string path) =>
        (await Collection.GetAsync([PointId.Of(Library.Name, path)], VectorInclusion.With, CancellationToken.None)).SingleOrDefault();

    public Task<long> CountAsync() => Collection.CountAsync(ImageFilter.All, CancellationToken.None);

    public Task CheckInvariantsAsync() => IndexInvariants.CheckAsync(Library, Collection, Ledger.Status());

    public async ValueTask DisposeAsync()
    {
        Ledger.Dispose();
        await Collection.DisposeAsync();
        _cache.Dispose();
        _temp.Dispose();
    }
}
