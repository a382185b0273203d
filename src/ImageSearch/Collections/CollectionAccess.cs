namespace ImageSearch.Collections;

/// <summary>What a collection is opened for.</summary>
public enum CollectionAccess
{
    /// <summary>Searches and reads only; any number of processes at a time, beside one that writes.</summary>
    Read,

    /// <summary>Everything; one process at a time. A collection that does not exist is made.</summary>
    Write,
}
