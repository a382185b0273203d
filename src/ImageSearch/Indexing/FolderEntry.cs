namespace ImageSearch.Indexing;

/// <summary>An entry of a folder as the file system tells it, links not followed.</summary>
/// <param name="Name">The name; of a name that is not UTF-8, its bytes escaped (<c>a\xFF.jpg</c>).</param>
/// <param name="Kind">What it is.</param>
/// <param name="Stamp">Of files only.</param>
/// <param name="Fault">Of <see cref="FolderEntryKind.Unreadable"/> only: what is wrong.</param>
internal sealed record FolderEntry(string Name, FolderEntryKind Kind, FileStamp Stamp = default, string? Fault = null);
