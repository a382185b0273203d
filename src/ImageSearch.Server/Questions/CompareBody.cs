namespace ImageSearch.Server.Questions;

/// <summary>The question what differs between pictures.</summary>
internal sealed record CompareBody
{
    /// <summary>Two pictures or more.</summary>
    public required IReadOnlyList<AskedPart> Pictures { get; init; }

    /// <summary>What to compare by; absent for all that differs.</summary>
    public string? Question { get; init; }
}
