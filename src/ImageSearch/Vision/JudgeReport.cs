namespace ImageSearch.Vision;

/// <summary>What judging took, and what came of it.</summary>
public sealed record JudgeReport
{
    /// <summary>The model that judged.</summary>
    public required string Model { get; init; }

    /// <summary>Pictures with a verdict that counts.</summary>
    public required int Judged { get; init; }

    /// <summary>How many of these verdicts were kept from an earlier search.</summary>
    public required int Cached { get; init; }

    /// <summary>Calls of the model that were begun.</summary>
    public required int Calls { get; init; }

    /// <summary>Tokens that were sent, as the provider counts.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>The most tokens that one shown picture cost, by estimate; 0 where none was shown.</summary>
    public required int TokensPerPicture { get; init; }

    /// <summary>What it cost, in US dollars; null where the price is not known.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>Why not every picture has a verdict, in sentences for people; empty where all is well.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether the verdicts may decide about the order: no answer was missing, cut off or not as asked for.</summary>
    public required bool IsWhole { get; init; }
}
