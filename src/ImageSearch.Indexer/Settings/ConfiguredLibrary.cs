namespace ImageSearch.Indexer.Settings;

/// <summary>A library that the settings name.</summary>
internal sealed class ConfiguredLibrary
{
    /// <summary>The name that a new library gets; null takes that of its folder.</summary>
    public string? Name { get; set; }

    /// <summary>The folder; null where this entry is not used.</summary>
    public string? Path { get; set; }
}
