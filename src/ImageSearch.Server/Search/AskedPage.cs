using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>A page that is asked for.</summary>
/// <param name="Body">As it was asked.</param>
/// <param name="Typed">Its query, as it was typed.</param>
/// <param name="Cursor">Where it begins; null for the first page.</param>
internal sealed record AskedPage(SearchBody Body, SearchQuery Typed, SearchCursor? Cursor);
