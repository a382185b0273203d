namespace ImageSearch.Server.Search;

/// <summary>Values of facets among the pictures that pass the filters of a query.</summary>
/// <param name="Facets">By the name of the facet; each the most frequent first.</param>
internal sealed record FacetsAnswer(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets);
