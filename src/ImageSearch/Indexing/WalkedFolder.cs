namespace ImageSearch.Indexing;

/// <summary>One folder of a library with everything in it accounted for.</summary>
/// <param name="Path">Path below the root, <c>/</c> between its parts; empty for the root.</param>
internal sealed record WalkedFolder(string Path)
{
    /// <summary>Candidates, ordered by name.</summary>
    public List<WalkedFile> Files { get; } = [];

    /// <summary>What is no candidate, with the reason, ordered by name.</summary>
    public List<WalkedOddity> Oddities { get; } = [];

    /// <summary>Paths of the folders within, ordered by name.</summary>
    public List<string> Folders { get; } = [];

    /// <summary>Why the folder could not be listed; null when it could. What the ledger knows below it has not vanished.</summary>
    public string? Fault { get; init; }

    /// <summary>The path of an entry of this folder.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}/{name}";
}
