using ImageSearch.Searching;

namespace ImageSearch.Answers;

/// <summary>What judging came to.</summary>
/// <param name="Model">The model that judged.</param>
/// <param name="IsReordered">Whether its verdicts decide the order.</param>
/// <param name="NothingFits">Whether it says of every picture that it saw that it does not fit.</param>
/// <param name="Judged">Pictures with a verdict that counts.</param>
/// <param name="Cached">How many of these verdicts were kept from an earlier search.</param>
/// <param name="Calls">Calls of the model.</param>
/// <param name="InputTokens">Tokens that were sent.</param>
/// <param name="OutputTokens">Tokens of the answers.</param>
/// <param name="TokensPerPicture">The most tokens that one shown picture cost, by estimate.</param>
/// <param name="Cost">US dollars; absent where the price is not known.</param>
/// <param name="Notes">What the reader should know.</param>
public sealed record JsonJudgement(
    string Model,
    bool IsReordered,
    bool NothingFits,
    int Judged,
    int Cached,
    int Calls,
    long InputTokens,
    long OutputTokens,
    int TokensPerPicture,
    decimal? Cost,
    IReadOnlyList<string> Notes)
{
    /// <summary>The JSON shape of what judging came to.</summary>
    public static JsonJudgement Of(JudgedPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var report = page.Report;
        return new JsonJudgement(
            report.Model, page.IsReordered, page.NothingFits, report.Judged, report.Cached, report.Calls,
            report.InputTokens, report.OutputTokens, report.TokensPerPicture, report.Cost, page.Notes);
    }
}
