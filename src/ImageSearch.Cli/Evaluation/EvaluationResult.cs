namespace ImageSearch.Cli.Evaluation;

/// <summary>How well all labelled queries were answered.</summary>
/// <param name="Queries">Each query with its score.</param>
internal sealed record EvaluationResult(IReadOnlyList<QueryScore> Queries)
{
    /// <summary>Answers there are.</summary>
    public int Answers => Queries.Sum(query => query.Label.Answers.Count);

    /// <summary>Answers that were found.</summary>
    public int Found => Queries.Sum(query => query.Found);

    /// <summary>The mean over the queries of the share of their answers that was found, 0…1.</summary>
    public double Recall => Queries.Count > 0 ? Queries.Average(query => (double)query.Found / query.Label.Answers.Count) : 0;

    /// <summary>Mean reciprocal rank: the mean over the queries of 1 / rank of the first answer, 0 where none was found.</summary>
    public double MeanReciprocalRank => Queries.Count > 0 ? Queries.Average(query => query.FirstRank is { } rank ? 1.0 / rank : 0) : 0;
}
