namespace ImageSearch.Tests.Searching;

/// <summary>The kinds of collection, which answer alike.</summary>
public enum CollectionKind
{
    /// <summary>In a folder of its own.</summary>
    Embedded,

    /// <summary>On a server.</summary>
    Qdrant,
}
