namespace ImageSearch.Searching;

/// <summary>How a query is planned.</summary>
/// <param name="By">Who reads its plain words.</param>
/// <param name="Today">The day from which "yesterday" counts. Whoever asks for later pages of an answer keeps it.</param>
public sealed record PlanRequest(QueryPlanning By, DateOnly Today)
{
    /// <summary>Whether a model puts the plain words into English first.</summary>
    public bool Translates { get; init; }

    /// <summary>Whether a model is asked.</summary>
    public bool AsksModel => By == QueryPlanning.Model || Translates;
}
