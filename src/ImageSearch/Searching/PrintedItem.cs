namespace ImageSearch.Searching;

/// <summary>One item of a query as it was understood.</summary>
/// <param name="Text">The item in the query language. The items of a query joined by spaces are the query; without one of them, they are the query without it.</param>
/// <param name="Kind">What it is for.</param>
public sealed record PrintedItem(string Text, QueryItemKind Kind);
