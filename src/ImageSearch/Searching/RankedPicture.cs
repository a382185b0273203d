using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>A candidate for a place on a page.</summary>
/// <param name="Point">The picture, without its vector.</param>
/// <param name="Score">As in <see cref="SearchHit.Score"/>; null where it is not known yet or nothing is ranked.</param>
/// <param name="Why">What each signal says.</param>
internal sealed record RankedPicture(ImagePoint Point, double? Score, IReadOnlyList<HitSignal> Why)
{
    /// <summary>The group that it stands for; null where there are no groups.</summary>
    public HitGroup? Group { get; init; }

    /// <summary>The sum by which hits are ordered.</summary>
    public double Fused => Why.Sum(signal => signal.Contribution);

    /// <summary>The rank by a signal; after all others where the signal did not find it.</summary>
    public int RankBy(string signal) => Why.FirstOrDefault(why => why.Name == signal)?.Rank ?? int.MaxValue;
}
