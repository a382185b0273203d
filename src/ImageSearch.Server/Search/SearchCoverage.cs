namespace ImageSearch.Server.Search;

/// <summary>How much of the libraries can be found.</summary>
/// <param name="Searchable">Pictures in the collection.</param>
/// <param name="Found">Pictures that the libraries are known to have, those that failed and those that wait among them.</param>
/// <param name="Failed">Pictures that could not be indexed.</param>
internal sealed record SearchCoverage(long Searchable, long Found, long Failed);
