namespace ImageSearch.Searching;

/// <summary>How well a searcher answers labelled queries.</summary>
/// <param name="Depth">How many hits of each query were looked at.</param>
/// <param name="Queries">Each query with its outcome, in the order asked.</param>
public sealed record SearchEvaluation(int Depth, IReadOnlyList<QueryOutcome> Queries)
{
    /// <summary>Answers there are.</summary>
    public int Answers => Queries.Sum(outcome => outcome.Query.Answers.Count);

    /// <summary>Answers that were found.</summary>
    public int Found => Queries.Sum(outcome => outcome.Found);

    /// <summary>Recall at <see cref="Depth"/>: the mean over the queries of the share of their answers that was found, 0…1.</summary>
    public double Recall => Queries.Count == 0 ? 0 : Queries.Average(outcome => (double)outcome.Found / outcome.Query.Answers.Count);

    /// <summary>The mean over the queries of 1 / rank of the first answer, 0 where none was found; 0…1.</summary>
    public double MeanReciprocalRank => Queries.Count == 0 ? 0 : Queries.Average(outcome => outcome.FirstRank is { } rank ? 1.0 / rank : 0);

    /// <summary>Asks each query once.</summary>
    /// <exception cref="QueryException">A query cannot be understood or answered.</exception>
    public static async Task<SearchEvaluation> RunAsync(
        ImageSearcher searcher, IReadOnlyList<LabelledQuery> queries, int depth, CancellationToken cancellationToken = default)
    {
        var outcomes = new List<QueryOutcome>(queries.Count);
        foreach (var query in queries)
        {
            var page = await searcher.SearchAsync(QueryParser.Parse(query.Text) with { Limit = depth }, cancellationToken);
            outcomes.Add(QueryOutcome.Of(query, page.Hits));
        }

        return new SearchEvaluation(depth, outcomes);
    }
}
