namespace ImageSearch.Qdrant.Model;

/// <summary>One query.</summary>
internal sealed record QueryPoints
{
    /// <summary>What points are ranked by; null lists them in the order of ids.</summary>
    public Query? Query { get; init; }

    /// <summary>The name of the vector.</summary>
    public string? Using { get; init; }

    public Filter? Filter { get; init; }

    public SearchParams? Params { get; init; }

    public float? ScoreThreshold { get; init; }

    public required int Limit { get; init; }

    public int? Offset { get; init; }

    public required PayloadSelector WithPayload { get; init; }

    public VectorsSelector WithVector { get; init; } = VectorsSelector.None;

    public IReadOnlyList<PrefetchQuery>? Prefetch { get; init; }
}

/// <summary>A query whose findings the outer one ranks.</summary>
internal sealed record PrefetchQuery
{
    public required Query Query { get; init; }

    public string? Using { get; init; }

    public Filter? Filter { get; init; }

    public SearchParams? Params { get; init; }

    public required int Limit { get; init; }
}

/// <summary>How the nearest are found.</summary>
internal sealed record SearchParams
{
    /// <summary>Compare with every point that passes the filter.</summary>
    public bool? Exact { get; init; }

    /// <summary>Candidates that the graph search keeps; more find more and take longer.</summary>
    public int? HnswEf { get; init; }

    public QuantizationSearchParams? Quantization { get; init; }
}

/// <summary>With <paramref name="Rescore"/> the limit times <paramref name="Oversampling"/> are found by codes and ranked by the original vectors.</summary>
internal sealed record QuantizationSearchParams(bool Rescore, double Oversampling);

internal sealed record QueryResponse(IReadOnlyList<ScoredPoint> Points);

internal sealed record QueryBatch(IReadOnlyList<QueryPoints> Searches);

/// <summary>A query whose findings are put together by a field.</summary>
internal sealed record QueryPointGroups
{
    public required Query Query { get; init; }

    public string? Using { get; init; }

    public Filter? Filter { get; init; }

    /// <summary>A field that holds a text or a whole number.</summary>
    public required string GroupBy { get; init; }

    /// <summary>Most points of a group.</summary>
    public required int GroupSize { get; init; }

    /// <summary>Most groups.</summary>
    public required int Limit { get; init; }

    public required PayloadSelector WithPayload { get; init; }
}

internal sealed record QueryGroupsResponse(IReadOnlyList<PointGroup> Groups);

/// <summary>The points of one value, best first.</summary>
internal sealed record PointGroup(System.Text.Json.JsonElement Id, IReadOnlyList<ScoredPoint> Hits);
