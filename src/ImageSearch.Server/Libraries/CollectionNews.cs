namespace ImageSearch.Server.Libraries;

/// <summary>Searches see something new.</summary>
/// <param name="Points">Pictures in the collection.</param>
internal sealed record CollectionNews(long Points);
