using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Queries;

/// <summary>A point in the result of a query.</summary>
/// <param name="Point">The point.</param>
/// <param name="Score">As the answer says it.</param>
/// <param name="OrderValue">The payload value that ordered it, in a query that orders by one.</param>
internal sealed record ScoredHit(StoredPoint Point, float Score, JsonNode? OrderValue = null);
