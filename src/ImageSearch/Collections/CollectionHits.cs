namespace ImageSearch.Collections;

/// <summary>What a collection found, signal by signal; fusing them is the searcher's work.</summary>
/// <param name="ByMeaning">Nearest first; empty when no vector was asked for. Equal scores are ordered by id; which of them make the limit is open.</param>
/// <param name="ByWords">Best first; empty when no words were asked for. Equal scores are ordered by id; which of them make the limit is open.</param>
public sealed record CollectionHits(IReadOnlyList<ScoredPoint> ByMeaning, IReadOnlyList<ScoredPoint> ByWords);
