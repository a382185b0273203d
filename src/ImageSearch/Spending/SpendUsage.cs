namespace ImageSearch.Spending;

/// <summary>What is paid for.</summary>
/// <param name="Pictures">Pictures sent.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
public readonly record struct SpendUsage(long Pictures, long InputTokens, long OutputTokens = 0)
{
    /// <summary>Both together.</summary>
    public static SpendUsage operator +(SpendUsage one, SpendUsage other) =>
        new(one.Pictures + other.Pictures, one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens);
}
