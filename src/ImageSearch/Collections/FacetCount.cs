namespace ImageSearch.Collections;

/// <summary>A value of a facet and the number of points that have it.</summary>
public sealed record FacetCount(string Value, long Count);
