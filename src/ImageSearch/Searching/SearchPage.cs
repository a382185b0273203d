namespace ImageSearch.Searching;

/// <summary>A page of an answer.</summary>
/// <param name="Hits">In order, at most <see cref="SearchQuery.Limit"/>.</param>
/// <param name="HasMore">Whether a page with a larger offset has hits.</param>
/// <param name="Notes">What the reader should know: why there is nothing, what the embedder cannot do. Sentences for people.</param>
/// <param name="Elapsed">Time from the call to the answer, embedding included.</param>
public sealed record SearchPage(IReadOnlyList<SearchHit> Hits, bool HasMore, IReadOnlyList<string> Notes, TimeSpan Elapsed);
