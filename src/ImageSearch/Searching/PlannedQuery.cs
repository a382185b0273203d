namespace ImageSearch.Searching;

/// <summary>A query with what was read out of its plain words.</summary>
/// <param name="Query">The query to answer; its text is the plan, which can be edited.</param>
/// <param name="Typed">The query as it was typed.</param>
/// <param name="Request">How the plan came about in the end: what a model gave no answer to is not in it. The same request makes the same plan again.</param>
public sealed record PlannedQuery(SearchQuery Query, SearchQuery Typed, PlanRequest Request)
{
    /// <summary>The translation; null where the words were not translated.</summary>
    public QueryTranslation? Translated { get; init; }

    /// <summary>What was read out of the words, a sentence for people; null where nothing was.</summary>
    public string? Summary { get; init; }

    /// <summary>What else the reader should know: the translation, what was left out, why the model was not heard. Sentences for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether anything was read out of the words, or they were translated.</summary>
    public bool IsChanged => !ReferenceEquals(Query, Typed);

    /// <summary>The plain words that were typed; empty where there are none.</summary>
    public string Words => Typed.PlainWords ?? "";

    /// <summary>The text of the query whose words are taken as they were typed, however it is planned.</summary>
    public string AsTyped => Typed.PlainWords is { } words
        ? (Typed with { Parts = [new QueryPart.Text(words) { IsLiteral = true }, .. Typed.Parts.Skip(1)] }).ToString()
        : Typed.ToString();
}
