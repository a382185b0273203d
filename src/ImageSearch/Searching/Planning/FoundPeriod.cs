namespace ImageSearch.Searching.Planning;

/// <summary>A period in words.</summary>
/// <param name="Days">The days that it names.</param>
/// <param name="End">The place behind its last word.</param>
internal readonly record struct FoundPeriod(DaySpan Days, int End)
{
    /// <summary>Whether it names month and year, so that it can mean nothing else, whatever follows.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether it counts from today, and so needs no word such as "in" before it.</summary>
    public bool IsRelative { get; init; }
}
