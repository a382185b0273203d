namespace ImageSearch.Spending;

/// <summary>How long calls took lately.</summary>
/// <param name="Calls">The calls that were measured.</param>
/// <param name="TimePerCall">Their mean time.</param>
/// <param name="Since">The day of the earliest of them, UTC.</param>
public sealed record SpendPace(long Calls, TimeSpan TimePerCall, DateOnly Since);
