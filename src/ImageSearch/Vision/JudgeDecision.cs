namespace ImageSearch.Vision;

/// <summary>What the judge says of a picture.</summary>
public enum JudgeDecision
{
    /// <summary>It shows what was asked for.</summary>
    Keep,

    /// <summary>It cannot be told.</summary>
    Unsure,

    /// <summary>It does not show what was asked for.</summary>
    Drop,
}
