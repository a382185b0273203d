using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>A page of hits, with what it was made of.</summary>
/// <param name="Query">The query as it was searched for.</param>
/// <param name="Page">The hits.</param>
/// <param name="Answer">The page as it is told.</param>
internal sealed record FoundPage(SearchQuery Query, SearchPage Page, SearchAnswer Answer);
