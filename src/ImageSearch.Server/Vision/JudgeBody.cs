using ImageSearch.Server.Search;

namespace ImageSearch.Server.Vision;

/// <summary>A search whose best hits a model looks at.</summary>
internal sealed record JudgeBody : SearchBody
{
    /// <summary>How many of the best hits it looks at, 1 to 100; 12 by default.</summary>
    public int? Top { get; init; }

    /// <summary>Leaves what the words exclude to the model: the page is ranked by what is wanted, and may hold other hits than a search has. False by default.</summary>
    public bool? Widen { get; init; }
}
