namespace ImageSearch.Collections;

/// <summary>How the nearest points are found.</summary>
public enum SearchPrecision
{
    /// <summary>By quantised codes, rescored exactly: recall@10 of at least 0.99 with the vectors of image models.</summary>
    Quantised,

    /// <summary>By the original vectors of every point that the filter lets through.</summary>
    Exact,
}
