namespace ImageSearch.Indexing;

/// <summary>Counts results as they come. Not safe for many threads.</summary>
public sealed class IndexTally
{
    /// <summary>What has been counted so far.</summary>
    public IndexSummary Summary { get; private set; } = IndexSummary.Empty;

    /// <summary>Counts one result.</summary>
    public void Add(IndexResult result) => Summary = result switch
    {
        IndexResult.Unchanged => Summary with { Unchanged = Summary.Unchanged + 1 },
        IndexResult.Indexed indexed => Add(indexed),
        IndexResult.Skipped => Summary with { Skipped = Summary.Skipped + 1 },
        IndexResult.Failed => Summary with { Failed = Summary.Failed + 1 },
        IndexResult.Removed => Summary with { Removed = Summary.Removed + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not a result that is counted"),
    };

    private IndexSummary Add(IndexResult.Indexed indexed)
    {
        var embedded = Summary.Embedded + (indexed.Embedded ? 1 : 0);
        return indexed.Change switch
        {
            IndexChange.New => Summary with { New = Summary.New + 1, Copied = Summary.Copied + (indexed.Embedded ? 0 : 1), Embedded = embedded },
            IndexChange.Changed => Summary with { Changed = Summary.Changed + 1, Embedded = embedded },
            _ => Summary with { Touched = Summary.Touched + 1, Embedded = embedded },
        };
    }
}
