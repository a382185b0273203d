namespace ImageSearch.Collections.Vectors;

/// <summary>What a <see cref="VectorStore"/> is opened for.</summary>
internal enum VectorStoreAccess
{
    /// <summary>Searches only; any number of processes at a time, beside one that writes.</summary>
    Read,

    /// <summary>Searches and appends; one process at a time.</summary>
    Write,
}
