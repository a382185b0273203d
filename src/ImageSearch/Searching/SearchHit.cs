using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>A ranked answer.</summary>
public sealed record SearchHit
{
    /// <summary>The place in the whole answer, from 1; a page with an offset starts later.</summary>
    public required int Rank { get; init; }

    /// <summary>
    /// How relevant the picture is, 0…1: the cosine of query and picture, below 0 shown as 0; for a query of exact text alone, its
    /// relevance by words as a share of the best hit's. Null where nothing was ranked. Ranks come from the fusion of the signals, so
    /// a hit that its words carry up may stand above one with a higher score.
    /// </summary>
    public required double? Score { get; init; }

    /// <summary>The picture.</summary>
    public required ImagePayload Picture { get; init; }

    /// <summary>Where the same bytes lie too, in any library and whether or not the filter lets them through; ordered by library and path.</summary>
    public IReadOnlyList<PicturePath> OtherPaths { get; init; } = [];

    /// <summary>The group that the hit stands for; null unless the query asks for groups.</summary>
    public HitGroup? Group { get; init; }

    /// <summary>What each signal says; empty where nothing was ranked.</summary>
    public IReadOnlyList<HitSignal> Why { get; init; } = [];
}
