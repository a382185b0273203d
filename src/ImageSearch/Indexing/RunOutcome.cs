namespace ImageSearch.Indexing;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It is still going on, or its process died.</summary>
    Unfinished,

    /// <summary>It reached its end.</summary>
    Completed,

    /// <summary>It was asked to stop; the next run goes on from there.</summary>
    Interrupted,

    /// <summary>Something that would have made every file fail stopped it.</summary>
    Stopped,
}
