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
}
