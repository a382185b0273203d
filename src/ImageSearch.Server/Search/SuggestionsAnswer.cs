namespace ImageSearch.Server.Search;

/// <summary>How a query may go on.</summary>
/// <param name="Suggestions">The likeliest first.</param>
internal sealed record SuggestionsAnswer(IReadOnlyList<Suggestion> Suggestions);
