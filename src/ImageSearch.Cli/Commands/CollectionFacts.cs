using System.Globalization;
using ImageSearch.Cli.Output;
using ImageSearch.Collections;

namespace ImageSearch.Cli.Commands;

/// <summary>What is said about a collection of either kind.</summary>
internal static class CollectionFacts
{
    /// <summary>The columns of <see cref="RowAsync"/>. What a collection on a server takes is memory, else the disk.</summary>
    public static IReadOnlyList<ListingColumn> Columns(bool onServer) =>
    [
        new("Collection", ColumnLook.Name), new("Pictures", ColumnLook.Number), new(onServer ? "Memory" : "Size", ColumnLook.Bytes),
        new("Model", ColumnLook.Name), new("Dimension", ColumnLook.Number),
    ];

    /// <summary>A collection in a line.</summary>
    public static async Task<IReadOnlyList<object?>> RowAsync(string name, IImageCollection collection, CancellationToken cancellationToken) =>
    [
        name, await collection.CountAsync(ImageFilter.All, cancellationToken), await BytesAsync(collection, cancellationToken),
        collection.Fingerprint.Model, (long)collection.Fingerprint.Dimension,
    ];

    /// <summary>Bytes on the disk of one in the home; bytes of memory of one on a server, estimated.</summary>
    public static async Task<long> BytesAsync(IImageCollection collection, CancellationToken cancellationToken) => collection switch
    {
        EmbeddedCollection embedded => (await embedded.InfoAsync(cancellationToken)).BytesOnDisk,
        QdrantCollection qdrant => (await qdrant.InfoAsync(cancellationToken)).EstimatedMemory,
        _ => 0,
    };

    /// <summary>Names and values, for people.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<object?>>> OfAsync(IImageCollection collection, CancellationToken cancellationToken) => collection switch
    {
        EmbeddedCollection embedded => Of(await embedded.InfoAsync(cancellationToken)),
        QdrantCollection qdrant => Of(await qdrant.InfoAsync(cancellationToken)),
        _ => [],
    };

    private static IReadOnlyList<IReadOnlyList<object?>> Of(EmbeddedCollectionInfo info) =>
    [
        ["folder", info.Folder],
        .. Of(info.Fingerprint),
        ["pictures", Number(info.Points)],
        ["dead rows", Number(info.DeadRows)],
        ["size", ByteSize.Text(info.BytesOnDisk)],
        ["created", Time(info.Created)],
        ["instance", info.InstanceId.ToString()],
    ];

    private static List<IReadOnlyList<object?>> Of(QdrantCollectionInfo info)
    {
        List<IReadOnlyList<object?>> facts =
        [
            ["server", $"Qdrant {info.ServerVersion} at {info.Address.Server.Authority}"],
            .. Of(info.Fingerprint),
            ["pictures", Number(info.Points)],
            ["in the graph", Number(info.Indexed)],
            ["status", info.Status],
            ["shards", info.Replicas > 1 ? $"{info.Shards}, each {info.Replicas} times" : Number(info.Shards)],
            ["quantisation", info.Quantisation],
            ["memory, estimated", $"{ByteSize.Text(info.EstimatedMemory)} a copy, and a fifth to a half more for payload indexes and caches"],
            ["memory of the server", info.ServerMemory is { } bytes ? $"{ByteSize.Text(bytes)}, other collections included" : "the server does not say"],
            ["created", Time(info.Created)],
            ["instance", info.InstanceId.ToString()],
        ];
        if (info.Error is { } error)
        {
            facts.Add(["error", error]);
        }

        return facts;
    }

    private static IReadOnlyList<IReadOnlyList<object?>> Of(CollectionFingerprint fingerprint) =>
        [["model", fingerprint.Model], ["dimension", Number(fingerprint.Dimension)], ["preparation", fingerprint.Preparation]];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
