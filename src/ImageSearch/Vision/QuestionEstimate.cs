namespace ImageSearch.Vision;

/// <summary>What a question takes.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pictures">Pictures that it is shown.</param>
/// <param name="Documents">Documents that it is shown.</param>
/// <param name="MostInputTokens">The most tokens that are sent; documents count with a token a byte, up to 200,000.</param>
/// <param name="MostCost">The most that it costs, in US dollars; null where the price is not known.</param>
/// <param name="IsKept">Whether the answer is kept from before: then nothing is sent, and it costs nothing.</param>
public sealed record QuestionEstimate(string Model, int Pictures, int Documents, long MostInputTokens, decimal? MostCost, bool IsKept);
