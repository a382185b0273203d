namespace ImageSearch.Server.Search;

/// <summary>A search as a document.</summary>
internal record SearchBody
{
    /// <summary>The query, in the query language; absent for none.</summary>
    public string? Q { get; init; }

    /// <summary>Pictures to be similar to, or not, beside those that the query names.</summary>
    public IReadOnlyList<LikedPicture>? Like { get; init; }

    /// <summary>Most hits on the page, 1 to 500; 50 by default.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>nextCursor</c> of an answer to the same query; absent for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Who reads dates, exclusions and the like out of the words: <c>off</c>, <c>rules</c> (by default) or <c>model</c>, which costs money. A cursor brings its own.</summary>
    public string? Plan { get; init; }

    /// <summary>Whether a model puts the words into English, which costs money. A cursor brings its own.</summary>
    public bool? Translate { get; init; }

    /// <summary>The least score of a hit, 0…1; absent keeps every hit.</summary>
    public double? MinScore { get; init; }
}
