namespace ImageSearch.Searching;

/// <summary>What one signal says about a hit.</summary>
/// <param name="Name"><see cref="Meaning"/> or <see cref="Words"/>.</param>
/// <param name="Rank">The place among all that the signal found, from 1.</param>
/// <param name="Score">By meaning the cosine, −1…1; by words the relevance (BM25), above 0.</param>
/// <param name="Contribution">What the signal added to the sum that the hits are ordered by; 0 below the depth to which ranks are fused.</param>
public sealed record HitSignal(string Name, int Rank, double Score, double Contribution)
{
    /// <summary>Nearest by the embedding.</summary>
    public const string Meaning = "meaning";

    /// <summary>Best by the words that travel with the picture.</summary>
    public const string Words = "words";
}
