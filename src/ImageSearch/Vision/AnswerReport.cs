namespace ImageSearch.Vision;

/// <summary>What a whole answer took.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="InputTokens">Tokens that were sent, as the provider counts.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
/// <param name="Cost">What it cost, in US dollars; null where the price is not known.</param>
/// <param name="IsKept">Whether the answer was kept from before, and cost nothing.</param>
/// <param name="Notes">What the reader should know, in sentences for people; empty for nothing.</param>
public sealed record AnswerReport(string Model, long InputTokens, long OutputTokens, decimal? Cost, bool IsKept, IReadOnlyList<string> Notes);
