using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using ImageSearch.Tests.Collections;

namespace ImageSearch.Tests.Searching;

/// <summary>A real collection in a temporary folder, with pictures whose vectors a test chooses.</summary>
internal sealed class SearchScene : IAsyncDisposable
{
    private static readonly byte[] OnePixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private readonly TempFolder _folder;
    private readonly QdrantPlace? _place;

    private SearchScene(TempFolder folder, QdrantPlace? place, IImageCollection collection, TableEmbeddings embeddings)
    {
        (_folder, _place) = (folder, place);
        Collection = collection;
        Embeddings = embeddings;
        Root = Directory.CreateDirectory(Path.Combine(folder.Path, "pictures")).FullName;
        var files = new QueryPictureFiles([new QueryLibrary("home", Root)], folder.Path, ImageLimits.Default);
        Searcher = new ImageSearcher(collection, embeddings, files.ReadAsync, TimeProvider.System);
    }

    public IImageCollection Collection { get; }

    public TableEmbeddings Embeddings { get; }

    public ImageSearcher Searcher { get; }

    /// <summary>The root folder of the library "home".</summary>
    public string Root { get; }

    public static async Task<SearchScene> CreateAsync(int dimension, Dictionary<string, float[]>? vectors = null, string provider = "table")
    {
        var folder = new TempFolder();
        var collection = await EmbeddedCollection.OpenAsync(
            Path.Combine(folder.Path, "collection"), Fingerprint(dimension), CollectionAccess.Write, TimeProvider.System, default);
        return new SearchScene(folder, null, collection, new TableEmbeddings(vectors ?? [], provider));
    }

    public static async Task<SearchScene> CreateAsync(CollectionKind kind, int dimension, Dictionary<string, float[]> vectors)
    {
        if (kind == CollectionKind.Embedded)
        {
            return await CreateAsync(dimension, vectors);
        }

        var place = await QdrantPlace.OnAnyServerAsync();
        return new SearchScene(new TempFolder(), place, await place.OpenAsync(Fingerprint(dimension)), new TableEmbeddings(vectors));
    }

    public static ImagePoint Point(
        string path, float[] vector, string words = "", string? content = null, DateTime? taken = null, string format = "jpeg", string library = "home")
    {
        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), unit);
        return new ImagePoint(PointId.Of(library, path), unit, new ImagePayload
        {
            Library = library,
            Path = path,
            Sha256 = Content(content ?? $"{library}/{path}"),
            Bytes = 1,
            Modified = DateTimeOffset.UnixEpoch,
            Width = 100,
            Height = 100,
            Format = format,
            TakenAt = taken,
            Words = words,
            Model = "table",
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }

    /// <summary>A SHA-256 as payloads hold it.</summary>
    public static string Content(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A file that is a picture; <paramref name="number"/> is its last byte.</summary>
    public static byte[] Picture(byte number) => [.. OnePixel, number];

    public async Task AddAsync(params ImagePoint[] points) => await Collection.UpsertAsync(points, default);

    private static CollectionFingerprint Fingerprint(int dimension) => new("table", dimension, "1");

    public async Task<string> WriteAsync(string path, byte[] bytes)
    {
        var file = Path.Combine(Root, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes);
        return file;
    }

    public Task<SearchPage> SearchAsync(string text, int limit = 10, int offset = 0, double? minScore = null) =>
        Searcher.SearchAsync(QueryParser.Parse(text) with { Limit = limit, Offset = offset, MinScore = minScore });

    public async Task<IReadOnlyList<string>> PathsAsync(string text, int limit = 10, int offset = 0, double? minScore = null) =>
        [.. (await SearchAsync(text, limit, offset, minScore)).Hits.Select(hit => hit.Picture.Path)];

    public async ValueTask DisposeAsync()
    {
        await Collection.DisposeAsync();
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        _folder.Dispose();
    }
}
