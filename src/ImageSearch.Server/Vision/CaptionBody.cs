namespace ImageSearch.Server.Vision;

/// <summary>Which pictures a model describes: either by id or by a query.</summary>
internal sealed record CaptionBody
{
    /// <summary>Ids of pictures, at most 500.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>A query: with words or a picture its best hits, with filters alone all that match, empty the whole collection.</summary>
    public string? Q { get; init; }

    /// <summary>Describes also pictures that have a caption.</summary>
    public bool? Again { get; init; }

    /// <summary>Most pictures that are described, 1 to 100,000; by default 50 of a query with words or a picture, and else all.</summary>
    public int? Limit { get; init; }
}
