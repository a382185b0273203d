namespace ImageSearch.Searching;

/// <summary>What a query asks for by meaning.</summary>
/// <param name="Vector">Shape [dimension], unit length; null where the query has no meaning to search by.</param>
/// <param name="Contents">SHA-256 of the query's pictures, lower-case hexadecimal; they are left out of the hits.</param>
/// <param name="Points">Ids of the query's pictures; they are left out of the hits.</param>
internal sealed record QueryMeaning(ReadOnlyMemory<float>? Vector, IReadOnlySet<string> Contents, IReadOnlySet<Guid> Points)
{
    public static QueryMeaning None { get; } = new(null, new HashSet<string>(), new HashSet<Guid>());
}
