namespace ImageSearch.Server.Libraries;

/// <summary>The collections that lie beside the one that is searched.</summary>
/// <param name="Collections">Ordered by name.</param>
internal sealed record CollectionsAnswer(IReadOnlyList<CollectionAnswer> Collections);
