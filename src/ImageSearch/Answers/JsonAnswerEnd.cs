using ImageSearch.Vision;

namespace ImageSearch.Answers;

/// <summary>The end of a whole answer.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="InputTokens">Tokens that were sent; 0 for an answer that was kept.</param>
/// <param name="OutputTokens">Tokens of the answer; 0 for one that was kept.</param>
/// <param name="Dollars">What it cost, in US dollars; absent where the price is not known.</param>
/// <param name="Kept">Whether it was kept from before, and cost nothing.</param>
/// <param name="Notes">What the reader should know.</param>
public sealed record JsonAnswerEnd(string Model, long InputTokens, long OutputTokens, decimal? Dollars, bool Kept, IReadOnlyList<string> Notes)
{
    /// <summary>Ids, or names of uploads, of the pictures in the order of their numbers; absent where files were asked about.</summary>
    public IReadOnlyList<string>? Pictures { get; init; }

    /// <summary><c>end</c>.</summary>
    public string Type { get; init; } = "end";

    /// <summary>The JSON shape of what an answer took.</summary>
    public static JsonAnswerEnd Of(AnswerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonAnswerEnd(report.Model, report.InputTokens, report.OutputTokens, report.Cost, report.IsKept, report.Notes);
    }
}
