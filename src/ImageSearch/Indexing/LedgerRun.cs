namespace ImageSearch.Indexing;

/// <summary>One run as the ledger remembers it.</summary>
/// <param name="Folder">The part of the library that was indexed; empty for all of it.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended; null while <see cref="RunOutcome.Unfinished"/>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why it was stopped; null otherwise.</param>
/// <param name="Summary">Its counts; empty while <see cref="RunOutcome.Unfinished"/>.</param>
public sealed record LedgerRun(string Folder, DateTimeOffset Started, DateTimeOffset? Ended, RunOutcome Outcome, string? Message, IndexSummary Summary);
