using System.Text.Json;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>Whether a point fulfils a condition.</summary>
/// <param name="point">The point.</param>
/// <param name="payload">Its payload, or within a nested condition one element of it.</param>
internal delegate bool PointCondition(StoredPoint point, JsonElement payload);
