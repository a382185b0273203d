namespace ImageSearch.Searching;

/// <summary>The order of a page.</summary>
public enum SearchSort
{
    /// <summary>Best first; a query that ranks nothing lists the newest first.</summary>
    Relevance,

    /// <summary>Among the most relevant pictures, those taken last first; pictures without a time come last.</summary>
    Newest,

    /// <summary>Among the most relevant pictures, those taken first first; pictures without a time come last.</summary>
    Oldest,

    /// <summary>
    /// Best first, but each unlike those before it: the most relevant pictures, five times the limit and within 100 and 1,000, are
    /// arranged by maximal marginal relevance with λ = 0.3; the others follow by relevance. A query that ranks nothing arranges the newest.
    /// </summary>
    Diverse,
}
