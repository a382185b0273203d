namespace ImageSearch.Searching;

/// <summary>What an item of a query is for.</summary>
public enum QueryItemKind
{
    /// <summary>Words, ranked by their meaning and by themselves.</summary>
    Words,

    /// <summary>Text that must occur letter for letter.</summary>
    Exact,

    /// <summary>A word or text that must not occur.</summary>
    Exclude,

    /// <summary>A condition on the facts about a picture.</summary>
    Filter,

    /// <summary>A picture to be similar to, or not.</summary>
    Picture,

    /// <summary>The order of the hits.</summary>
    Sort,

    /// <summary>Groups of which the best hits alone are shown.</summary>
    Group,
}
