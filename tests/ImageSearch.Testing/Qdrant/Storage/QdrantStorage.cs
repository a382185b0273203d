namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>All collections and aliases. Whoever reads or writes holds <see cref="Lock"/>.</summary>
internal sealed class QdrantStorage(ServerVersion version)
{
    public ServerVersion Version { get; } = version;

    public Lock Lock { get; } = new();

    public SortedDictionary<string, StoredCollection> Collections { get; } = new(StringComparer.Ordinal);

    /// <summary>Collections by their other names.</summary>
    public SortedDictionary<string, string> Aliases { get; set; } = new(StringComparer.Ordinal);

    /// <summary>A collection by its name or an alias.</summary>
    public StoredCollection Find(string name) => Collections.GetValueOrDefault(Aliases.GetValueOrDefault(name, name)) ?? throw QdrantRefusal.NoCollection(name);
}
