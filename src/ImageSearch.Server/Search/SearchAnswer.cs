using ImageSearch.Answers;

namespace ImageSearch.Server.Search;

/// <summary>A page of hits.</summary>
/// <param name="Query">The query as it was understood.</param>
/// <param name="Understood">Its items; joined by spaces they are the query.</param>
/// <param name="Results">The hits in order.</param>
/// <param name="HasMore">Whether there are hits after this page.</param>
/// <param name="NextCursor">Asks for the next page of the same query; absent where there is none, or none so deep.</param>
/// <param name="ElapsedMilliseconds">Time from the question to the answer.</param>
/// <param name="Notes">What the reader should know: sentences for people.</param>
/// <param name="Coverage">How much of the libraries can be found.</param>
internal sealed record SearchAnswer(
    string Query,
    IReadOnlyList<UnderstoodItem> Understood,
    IReadOnlyList<JsonHit> Results,
    bool HasMore,
    string? NextCursor,
    double ElapsedMilliseconds,
    IReadOnlyList<string> Notes,
    SearchCoverage Coverage)
{
    /// <summary>What was read out of the words; absent where nothing was.</summary>
    public JsonPlan? Plan { get; init; }
}
