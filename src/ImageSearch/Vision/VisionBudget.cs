using ImageSearch.Spending;

namespace ImageSearch.Vision;

/// <summary>What one question may spend, beside what the whole run may.</summary>
/// <param name="OfTheQuestion">The most that the question may cost.</param>
/// <param name="OfTheDay">US dollars that the model may cost in a day (UTC); null for no limit.</param>
/// <param name="SpentToday">What the model cost today, in US dollars, calls under way included.</param>
internal sealed record VisionBudget(SpendCap OfTheQuestion, decimal? OfTheDay, Func<decimal> SpentToday)
{
    /// <summary>No limit but the run's.</summary>
    public static VisionBudget Unlimited { get; } = new(new SpendCap(), null, () => 0);
}
