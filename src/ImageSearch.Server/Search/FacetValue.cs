namespace ImageSearch.Server.Search;

/// <summary>A value of a facet.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">Pictures that have it.</param>
/// <param name="Filter">The item of the query language that lets them pass.</param>
internal sealed record FacetValue(string Value, long Count, string Filter);
