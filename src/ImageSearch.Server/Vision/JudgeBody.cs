using ImageSearch.Server.Search;

namespace ImageSearch.Server.Vision;

/// <summary>A search whose best hits a model looks at.</summary>
internal sealed record JudgeBody : SearchBody
{
    /// <summary>How many of the best hits it looks at, 1 to 100; 12 by default.</summary>
    public int? Top { get; init; }
}
