namespace ImageSearch.Indexing;

/// <summary>A candidate for indexing.</summary>
/// <param name="Name">File name.</param>
/// <param name="Stamp">Its state when the folder was listed.</param>
internal sealed record WalkedFile(string Name, FileStamp Stamp);
