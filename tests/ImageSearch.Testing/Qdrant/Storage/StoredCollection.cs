using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>A collection in memory. Whoever reads or writes it holds the storage's lock.</summary>
internal sealed class StoredCollection(string name, CollectionSettings settings)
{
    public string Name { get; } = name;

    public CollectionSettings Settings { get; } = settings;

    /// <summary>The points in the server's order of ids.</summary>
    public SortedDictionary<QdrantPointId, StoredPoint> Points { get; } = [];

    /// <summary>The payload indexes by field, each in its long form with a <c>type</c>.</summary>
    public SortedDictionary<string, JsonObject> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>Where samples are drawn from: seeded, so that a test that fails fails again.</summary>
    public Random Draws { get; } = new(1);

    /// <summary>How many writes there were; the next one gets this number.</summary>
    public ulong Operations { get; private set; }

    public ulong NextOperation() => Operations++;

    public VectorParameters Parameters(string vector) =>
        Settings.Vectors.GetValueOrDefault(vector) ?? throw QdrantRefusal.BadInput($"Not existing vector name error: {vector}");

    public StoredPoint Point(QdrantPointId id) => Points.GetValueOrDefault(id) ?? throw QdrantRefusal.NoPoint(id);

    /// <summary>Reads and checks a point's vectors: of one nameless vector, or by name.</summary>
    public Dictionary<string, QdrantVector> ParseVectors(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().ToDictionary(item => item.Name, item => Parameters(item.Name).Accept(QdrantVector.Parse(item.Value)))
            : new() { [""] = Parameters("").Accept(QdrantVector.Parse(element)) };

    /// <summary>The type of a field's index, or null.</summary>
    public string? IndexType(string field) => Indexes.GetValueOrDefault(field)?["type"]?.GetValue<string>();

    public void Put(StoredPoint point) => Points[point.Id] = point;
}
