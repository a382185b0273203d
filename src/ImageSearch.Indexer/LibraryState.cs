namespace ImageSearch.Indexer;

/// <summary>What is going on with a library.</summary>
/// <param name="Phase">What.</param>
/// <param name="Since">Since when.</param>
internal sealed record LibraryState(LibraryPhase Phase, DateTimeOffset Since);
