namespace ImageSearch.Indexing;

/// <summary>Folders through .NET, for systems where names are always Unicode (macOS, Windows).</summary>
internal static class PortableFileSystem
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    public static List<FolderEntry> List(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything).Select(Look)];
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    public static FolderEntry Look(string path) =>
        Directory.Exists(path) ? Look(new DirectoryInfo(path)) : Look(new FileInfo(path) as FileSystemInfo);

    private static FolderEntry Look(FileSystemInfo entry)
    {
        try
        {
            return !entry.Exists
                ? new FolderEntry(entry.Name, FolderEntryKind.Gone)
                : entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                ? new FolderEntry(entry.Name, FolderEntryKind.Link)
                : entry is FileInfo file
                ? new FolderEntry(entry.Name, FolderEntryKind.File, new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks, 0))
                : new FolderEntry(entry.Name, FolderEntryKind.Folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new FolderEntry(entry.Name, FolderEntryKind.Unreadable, Fault: failure.Message);
        }
    }
}
