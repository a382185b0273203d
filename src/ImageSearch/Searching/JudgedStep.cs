using ImageSearch.Vision;

namespace ImageSearch.Searching;

/// <summary>Something that happens while a page is judged.</summary>
public abstract record JudgedStep
{
    private JudgedStep()
    {
    }

    /// <summary>A verdict came. It is final only when it stands in the page of <see cref="Ended"/>: an answer counts whole or not at all.</summary>
    /// <param name="Hit">The hit that it is about.</param>
    /// <param name="Verdict">The verdict.</param>
    public sealed record Judged(SearchHit Hit, JudgeVerdict Verdict) : JudgedStep;

    /// <summary>All is over.</summary>
    /// <param name="Page">The page in its last order.</param>
    public sealed record Ended(JudgedPage Page) : JudgedStep;
}
