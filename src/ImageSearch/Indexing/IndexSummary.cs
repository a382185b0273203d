namespace ImageSearch.Indexing;

/// <summary>The counts of a run. <c>New + Changed + Touched + Unchanged + Skipped + Failed = Found</c>.</summary>
public sealed record IndexSummary
{
    /// <summary>Nothing was done.</summary>
    public static IndexSummary Empty { get; } = new();

    /// <summary>Entries accounted for.</summary>
    public long Found => New + Changed + Touched + Unchanged + Skipped + Failed;

    /// <summary>Pictures indexed under a path that was not known.</summary>
    public long New { get; init; }

    /// <summary>Of the new ones, those whose content was known, so that nothing was computed: moved and copied pictures.</summary>
    public long Copied { get; init; }

    /// <summary>Pictures whose content changed.</summary>
    public long Changed { get; init; }

    /// <summary>Pictures of which only the file's time changed.</summary>
    public long Touched { get; init; }

    /// <summary>Pictures that were in the collection already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Entries that are no candidates.</summary>
    public long Skipped { get; init; }

    /// <summary>Files that were refused, in this run or in an earlier one.</summary>
    public long Failed { get; init; }

    /// <summary>Points deleted because their files are gone.</summary>
    public long Removed { get; init; }

    /// <summary>Vectors computed.</summary>
    public long Embedded { get; init; }
}
