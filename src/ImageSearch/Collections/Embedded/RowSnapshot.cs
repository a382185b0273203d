namespace ImageSearch.Collections.Embedded;

/// <summary>Points and their vectors at one moment.</summary>
/// <param name="Session">Reads inside one transaction.</param>
/// <param name="Generation">The vectors that the keys are rows of.</param>
/// <param name="Live">The rows that are points.</param>
internal sealed record RowSnapshot(ReadSession Session, VectorGeneration Generation, LiveRows Live);
