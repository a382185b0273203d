namespace ImageSearch.Answers;

/// <summary>What one signal says about a hit.</summary>
/// <param name="Signal"><c>meaning</c> or <c>words</c>.</param>
/// <param name="Rank">The place among all that the signal found, from 1.</param>
/// <param name="Score">The signal's own score.</param>
/// <param name="Contribution">What it added to the sum that the hits are ordered by.</param>
public sealed record JsonSignal(string Signal, int Rank, double Score, double Contribution);
