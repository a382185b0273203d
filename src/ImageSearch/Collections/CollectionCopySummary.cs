namespace ImageSearch.Collections;

/// <summary>What copying a collection came to.</summary>
/// <param name="Points">Points in the target afterwards, as many as in the source.</param>
/// <param name="Written">Points that were written: new ones, and those that had changed.</param>
/// <param name="Unchanged">Points that the target had already.</param>
/// <param name="Deleted">Points of the target that the source has not.</param>
public sealed record CollectionCopySummary(long Points, long Written, long Unchanged, long Deleted);
