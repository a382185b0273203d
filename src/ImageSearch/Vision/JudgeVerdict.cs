namespace ImageSearch.Vision;

/// <summary>The judge's word on one picture.</summary>
/// <param name="Decision">Whether it shows what was asked for.</param>
/// <param name="Grade">How well, 0 to 10.</param>
/// <param name="Reason">Why: one line of at most 160 characters, without control characters and links. A model wrote it, and a picture may have told it what to write: escape it wherever it is shown.</param>
public sealed record JudgeVerdict(JudgeDecision Decision, int Grade, string Reason)
{
    /// <summary>The best grade.</summary>
    public const int BestGrade = 10;

    internal const int LongestReason = 160;
}
