namespace ImageSearch.Searching;

/// <summary>What completes an item.</summary>
public enum QuerySuggestionKind
{
    /// <summary>A key of the query language; its value is to follow.</summary>
    Key,

    /// <summary>A value that pictures of the collection have.</summary>
    Value,

    /// <summary>An example of what may be written.</summary>
    Example,
}
