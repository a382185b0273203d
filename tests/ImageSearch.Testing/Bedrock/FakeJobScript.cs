namespace ImageSearch.Testing.Bedrock;

/// <summary>What becomes of a batch job. Its state moves on by one with each look at it, so that no test waits for a clock.</summary>
public sealed record FakeJobScript
{
    /// <summary>The state it ends in: Completed, PartiallyCompleted, Failed, Stopped or Expired.</summary>
    public string End { get; init; } = "Completed";

    /// <summary>Why it failed.</summary>
    public string? Message { get; init; }

    /// <summary>For so many looks it is in progress; -1 for ever, until it is stopped.</summary>
    public int LooksInProgress { get; init; } = 1;

    /// <summary>So many records are processed before it ends; null for all.</summary>
    public int? Processed { get; init; }
}
