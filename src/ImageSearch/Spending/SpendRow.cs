namespace ImageSearch.Spending;

/// <summary>A line of the ledger: what one run spends on one day on one model for one purpose.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Day">The day, UTC, as the provider bills.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Purpose">What for, for example <c>document</c>.</param>
internal readonly record struct SpendRow(long Run, DateOnly Day, string Model, string Purpose);
