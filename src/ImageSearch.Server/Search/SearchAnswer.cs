using ImageSearch.Answers;

namespace ImageSearch.Server.Search;

/// <summary>A page of hits.</summary>
/// <param name="Query">The query as it was understood.</param>
/// <param name="Results">The hits in order.</param>
/// <param name="HasMore">Whether there is a page after this one.</param>
/// <param name="ElapsedMilliseconds">Time from the question to the answer.</param>
/// <param name="Notes">What the reader should know: sentences for people.</param>
internal sealed record SearchAnswer(string Query, IReadOnlyList<JsonHit> Results, bool HasMore, double ElapsedMilliseconds, IReadOnlyList<string> Notes);
