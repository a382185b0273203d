namespace ImageSearch.Cli.Questions;

/// <summary>A whole answer as one JSON document.</summary>
/// <param name="Answer">Its text.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="InputTokens">Tokens that were sent; 0 for an answer that was kept.</param>
/// <param name="OutputTokens">Tokens of the answer; 0 for one that was kept.</param>
/// <param name="Dollars">What it cost, in US dollars; absent where the price is not known.</param>
/// <param name="Kept">Whether it was kept from before, and cost nothing.</param>
/// <param name="Notes">What the reader should know.</param>
internal sealed record JsonAnswer(string Answer, string Model, long InputTokens, long OutputTokens, decimal? Dollars, bool Kept, IReadOnlyList<string> Notes);
