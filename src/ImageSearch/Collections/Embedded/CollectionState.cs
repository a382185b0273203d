namespace ImageSearch.Collections.Embedded;

/// <summary>Where a collection stands at one moment of its database.</summary>
/// <param name="Generation">Which set of vectors the keys of the points are rows of.</param>
/// <param name="Rows">Rows of that set that were points at some time; later ones are not committed.</param>
/// <param name="Tombstones">How many of them are points no more.</param>
internal readonly record struct CollectionState(int Generation, int Rows, int Tombstones);
