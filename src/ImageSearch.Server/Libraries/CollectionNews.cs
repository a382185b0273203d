namespace ImageSearch.Server.Libraries;

/// <summary>How the collection stands that searches see.</summary>
/// <param name="Points">Pictures in it.</param>
/// <param name="Mark">Another one whenever something in it has changed.</param>
internal sealed record CollectionNews(long Points, string Mark);
