namespace ImageSearch;

/// <summary>The side of the search that an embedding is for; asymmetric models embed the two differently.</summary>
public enum EmbeddingRole
{
    /// <summary>Something to be found: stored in a collection.</summary>
    Document,

    /// <summary>Something to search by.</summary>
    Query,
}
