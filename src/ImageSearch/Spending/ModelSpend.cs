namespace ImageSearch.Spending;

/// <summary>What was spent on a model.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Calls">Calls that were paid for.</param>
/// <param name="Usage">What was paid for.</param>
/// <param name="Dollars">US dollars, those of <paramref name="Unsettled"/> among them.</param>
/// <param name="Unsettled">US dollars booked for calls that are under way, or whose end is not known because their process was killed.</param>
public sealed record ModelSpend(string Model, long Calls, SpendUsage Usage, decimal Dollars, decimal Unsettled);
