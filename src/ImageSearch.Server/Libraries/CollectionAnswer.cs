namespace ImageSearch.Server.Libraries;

/// <summary>A collection.</summary>
/// <param name="Name">Its name, or its address on a server.</param>
/// <param name="IsSearched">Whether this server searches it.</param>
/// <param name="Points">Pictures in it; absent where it cannot be read.</param>
/// <param name="Model">The model that made its vectors; absent where it cannot be read.</param>
/// <param name="Dimension">Numbers in each vector; absent where it cannot be read.</param>
internal sealed record CollectionAnswer(string Name, bool IsSearched, long? Points = null, string? Model = null, int? Dimension = null);
