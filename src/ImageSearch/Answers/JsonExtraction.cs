using System.Text.Json;
using ImageSearch.Vision;

namespace ImageSearch.Answers;

/// <summary>What was read out of pictures and documents.</summary>
/// <param name="Value">The value as the model gave it, whether it fits the schema or not.</param>
/// <param name="Failures">Where it does not fit the schema; empty where it fits.</param>
/// <param name="Model">The model that read.</param>
/// <param name="InputTokens">Tokens that were sent; 0 for a value that was kept.</param>
/// <param name="OutputTokens">Tokens of the answer; 0 for a value that was kept.</param>
/// <param name="Dollars">What it cost, in US dollars; absent where the price is not known.</param>
/// <param name="Kept">Whether it was kept from before, and cost nothing.</param>
/// <param name="Notes">What the reader should know.</param>
public sealed record JsonExtraction(
    JsonElement Value,
    IReadOnlyList<JsonSchemaFailure> Failures,
    string Model,
    long InputTokens,
    long OutputTokens,
    decimal? Dollars,
    bool Kept,
    IReadOnlyList<string> Notes)
{
    /// <summary>The JSON shape of what was read.</summary>
    public static JsonExtraction Of(Extraction extraction)
    {
        ArgumentNullException.ThrowIfNull(extraction);
        var report = extraction.Report;
        return new JsonExtraction(
            extraction.Value, [.. extraction.Failures.Select(failure => new JsonSchemaFailure(failure.Path, failure.Message))],
            report.Model, report.InputTokens, report.OutputTokens, report.Cost, report.IsKept, report.Notes);
    }
}
