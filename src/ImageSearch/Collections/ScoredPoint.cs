namespace ImageSearch.Collections;

/// <summary>A point found by one signal.</summary>
/// <param name="Point">The point.</param>
/// <param name="Score">By meaning: the cosine, −1…1. By words: the relevance (BM25), above 0, larger is better.</param>
public sealed record ScoredPoint(ImagePoint Point, float Score)
{
    /// <summary>The cosine with the vector asked for, where the collection knows it of a point that words found; null where it does not, and of what meaning found.</summary>
    public float? Cosine { get; init; }
}
