namespace ImageSearch.Collections;

/// <summary>An order by the time that pictures were taken; those without a time come last, equal times are ordered by id.</summary>
public enum TimeOrder
{
    /// <summary>The latest first.</summary>
    NewestFirst,

    /// <summary>The earliest first.</summary>
    OldestFirst,
}
