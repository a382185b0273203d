namespace ImageSearch.Searching;

/// <summary>One item of a query's text, before its meaning is settled.</summary>
internal abstract record QueryItem
{
    /// <summary>A minus stands before it.</summary>
    public bool Negated { get; init; }

    /// <summary>The weight before it, as written.</summary>
    public double? Weight { get; init; }

    /// <summary>Where it starts in the text.</summary>
    public int Position { get; init; }

    /// <summary>The text of the whole item.</summary>
    public string Source { get; init; } = "";

    /// <summary>The weight with its sign.</summary>
    public double SignedWeight => (Negated ? -1 : 1) * (Weight ?? 1);

    public QueryException Error(string problem, string cure) => new(problem, cure, Source, Position);

    public sealed record Word(string Text) : QueryItem;

    public sealed record Quoted(string Text) : QueryItem;

    /// <summary>A known key; at least one value, any of which may be empty.</summary>
    public sealed record Filter(string Key, IReadOnlyList<string> Values) : QueryItem;
}
