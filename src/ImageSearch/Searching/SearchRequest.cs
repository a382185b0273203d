using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>A query with all that was worked out before the collection is asked.</summary>
/// <param name="Query">As it was asked.</param>
/// <param name="Meaning">Its vector and its pictures.</param>
/// <param name="Words">The words to rank by.</param>
/// <param name="Precision">How the nearest pictures are found.</param>
internal sealed record SearchRequest(SearchQuery Query, QueryMeaning Meaning, IReadOnlyList<string> Words, SearchPrecision Precision)
{
    /// <summary>The query's filter; copies of its pictures do not pass either.</summary>
    public ImageFilter Filter { get; } = Meaning.Contents.Count == 0
        ? Query.Filter
        : new ImageFilter([.. Query.Filter.Conditions, .. Meaning.Contents.Select(content => new ImageCondition.Not(new ImageCondition.HasContent(content)))]);

    /// <summary>Whether there is anything to rank by.</summary>
    public bool IsRanked => Meaning.Vector is not null || Words.Count > 0;
}
