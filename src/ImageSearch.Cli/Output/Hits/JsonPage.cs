using ImageSearch.Answers;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>A page of an answer as JSON.</summary>
/// <param name="Query">The query as it was understood.</param>
/// <param name="Results">The hits in order.</param>
/// <param name="HasMore">Whether a page with a larger offset has hits.</param>
/// <param name="ElapsedMilliseconds">Time from the question to the answer.</param>
/// <param name="Notes">What the reader should know.</param>
internal sealed record JsonPage(string Query, IReadOnlyList<JsonHit> Results, bool HasMore, double ElapsedMilliseconds, IReadOnlyList<string> Notes)
{
    /// <summary>What was read out of the words of the query; absent where nothing was.</summary>
    public JsonPlan? Plan { get; init; }

    /// <summary>Hits that the judge says do not fit; absent where it was not asked.</summary>
    public IReadOnlyList<JsonHit>? Dropped { get; init; }

    /// <summary>What judging came to; absent where it was not asked for.</summary>
    public JsonJudgement? Judge { get; init; }
}
