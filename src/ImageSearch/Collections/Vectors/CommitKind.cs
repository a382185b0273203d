namespace ImageSearch.Collections.Vectors;

/// <summary>What a <see cref="CommitRecord"/> tells; the numbers are stored.</summary>
internal enum CommitKind
{
    /// <summary>Rows were appended.</summary>
    Append = 1,

    /// <summary>Rows at the end were dropped.</summary>
    Truncate = 2,
}
