namespace ImageSearch.Indexing;

/// <summary>Why a picture was written to the collection.</summary>
public enum IndexChange
{
    /// <summary>It was not known under this path; a copied or moved picture too.</summary>
    New,

    /// <summary>Its content differs from what was indexed.</summary>
    Changed,

    /// <summary>Only the file's time differs; facts were written again, nothing was embedded.</summary>
    Touched,
}
