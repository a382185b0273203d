namespace ImageSearch.Searching;

/// <summary>Who reads dates, exclusions and the like out of the plain words of a query.</summary>
public enum QueryPlanning
{
    /// <summary>Nobody: words are words.</summary>
    Off,

    /// <summary>Rules, for English dates and exclusions; they cost nothing.</summary>
    Rules,

    /// <summary>A model, which costs money; rules where it gives no answer.</summary>
    Model,
}
