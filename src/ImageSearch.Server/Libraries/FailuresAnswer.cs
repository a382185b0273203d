namespace ImageSearch.Server.Libraries;

/// <summary>Files of a library that were refused.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Failures">The first of them, ordered by path.</param>
internal sealed record FailuresAnswer(int Total, IReadOnlyList<FailedPicture> Failures);
