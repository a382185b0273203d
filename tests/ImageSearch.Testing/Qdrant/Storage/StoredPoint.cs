using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>A point as it stands; every write puts a new one in its place.</summary>
/// <param name="Id">The id.</param>
/// <param name="Version">The number of the operation that wrote it.</param>
/// <param name="Payload">An object.</param>
/// <param name="Vectors">By name; the default vector's name is empty.</param>
internal sealed record StoredPoint(
    QdrantPointId Id, ulong Version, JsonElement Payload, IReadOnlyDictionary<string, QdrantVector> Vectors);
