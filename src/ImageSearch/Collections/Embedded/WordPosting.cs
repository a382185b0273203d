namespace ImageSearch.Collections.Embedded;

/// <summary>The rows that have a word, and what it adds to the relevance of each.</summary>
/// <param name="State">The moment up to which rows are in it; those deleted since are in it still.</param>
/// <param name="Weighed">The moment by whose counts the word is weighed.</param>
/// <param name="Rows">Ascending.</param>
/// <param name="Relevance">Above 0, a value a row.</param>
internal sealed record WordPosting(CollectionState State, CollectionState Weighed, int[] Rows, float[] Relevance)
{
    /// <summary>When it was asked for last, as its owner counts.</summary>
    public long LastUse { get; set; }
}
