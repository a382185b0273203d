namespace ImageSearch.Indexing;

/// <summary>What happens when more than a tenth of a library, and more than a hundred pictures, are gone from the disk.</summary>
public enum MassDeletion
{
    /// <summary>Nothing is deleted and the run ends with <see cref="IndexFault.MassDeletion"/>.</summary>
    Refuse,

    /// <summary>Their points are deleted.</summary>
    Allow,
}
