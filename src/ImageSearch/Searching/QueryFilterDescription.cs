namespace ImageSearch.Searching;

/// <summary>What a filter of the query language is for, as shown to people.</summary>
/// <param name="Key">What stands before the colon.</param>
/// <param name="Meaning">What it does, one sentence.</param>
/// <param name="Values">What may stand after the colon.</param>
/// <param name="Examples">Complete examples, each of which parses.</param>
public sealed record QueryFilterDescription(string Key, string Meaning, string Values, IReadOnlyList<string> Examples);
