using System.Text.Json;

namespace ImageSearch.Vision;

/// <summary>What was read out of pictures and documents.</summary>
/// <param name="Value">The value as the model gave it, whether it fits the schema or not; nothing in it is mended.</param>
/// <param name="Failures">Where it does not fit the schema; empty where it fits.</param>
/// <param name="Report">What it took.</param>
public sealed record Extraction(JsonElement Value, IReadOnlyList<SchemaFailure> Failures, AnswerReport Report);
