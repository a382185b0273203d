namespace ImageSearch.Server.Questions;

/// <summary>A free question about pictures: about those that are named, and the best hits of a search.</summary>
internal sealed record AskBody
{
    /// <summary>What is asked; it stands before all pictures.</summary>
    public required string Question { get; init; }

    /// <summary>Pictures, and words between them, in their order.</summary>
    public IReadOnlyList<AskedPart>? Pictures { get; init; }

    /// <summary>A query whose best hits are asked about too, after the other pictures.</summary>
    public string? Q { get; init; }

    /// <summary>How many hits of the query, 1 to 20; 4 by default.</summary>
    public int? Top { get; init; }
}
