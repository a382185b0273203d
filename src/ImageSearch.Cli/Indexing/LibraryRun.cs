using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>What became of one library in one collection.</summary>
/// <param name="Library">The library, or the part of it that was indexed.</param>
/// <param name="Collection">Name of the collection.</param>
/// <param name="Summary">The counts.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Spent">What it cost, in US dollars; null where the provider costs nothing or its price is not known.</param>
/// <param name="IsWhole">False when the run was interrupted or stopped before its end.</param>
internal sealed record LibraryRun(LibraryRoot Library, string Collection, IndexSummary Summary, TimeSpan Elapsed, decimal? Spent, bool IsWhole);
