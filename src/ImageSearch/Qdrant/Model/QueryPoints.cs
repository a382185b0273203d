namespace ImageSearch.Qdrant.Model;

/// <summary>One query: the points nearest to a vector, best first.</summary>
internal sealed record QueryPoints
{
    /// <summary>What points are compared with.</summary>
    public required Vector Query { get; init; }

    /// <summary>The name of the vector.</summary>
    public string? Using { get; init; }

    public Filter? Filter { get; init; }

    public SearchParams? Params { get; init; }

    public required int Limit { get; init; }

    public required PayloadSelector WithPayload { get; init; }

    public VectorsSelector WithVector { get; init; } = VectorsSelector.None;
}

/// <summary>How the nearest are found.</summary>
internal sealed record SearchParams
{
    /// <summary>Compare with every point that passes the filter.</summary>
    public bool? Exact { get; init; }

    public QuantizationSearchParams? Quantization { get; init; }
}

/// <summary>With <paramref name="Rescore"/> the limit times <paramref name="Oversampling"/> are found by codes and ranked by the original vectors.</summary>
internal sealed record QuantizationSearchParams(bool Rescore, double Oversampling);

internal sealed record QueryResponse(IReadOnlyList<ScoredPoint> Points);

internal sealed record QueryBatch(IReadOnlyList<QueryPoints> Searches);
