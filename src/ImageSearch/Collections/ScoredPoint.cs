namespace ImageSearch.Collections;

/// <summary>A point found by one signal.</summary>
/// <param name="Point">The point.</param>
/// <param name="Score">By meaning: the cosine, −1…1. By words: the relevance (BM25), above 0, larger is better.</param>
public sealed record ScoredPoint(ImagePoint Point, float Score);
