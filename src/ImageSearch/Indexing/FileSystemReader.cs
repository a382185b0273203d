namespace ImageSearch.Indexing;

/// <summary>
/// What folders hold and what files are, never following a link and never opening a file. On Linux the system is asked
/// directly: .NET tells neither FIFOs from files, nor names that are not UTF-8 apart, nor the time of the last status change.
/// </summary>
internal static class FileSystemReader
{
    /// <summary>The entries of a folder, in the order of their names' code units.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is gone.</exception>
    /// <exception cref="IOException">The folder cannot be listed; the message says why.</exception>
    public static List<FolderEntry> List(string folder)
    {
        var entries = OperatingSystem.IsLinux() ? LinuxFileSystem.List(folder) : PortableFileSystem.List(folder);
        entries.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return entries;
    }

    /// <summary>What is at <paramref name="path"/>.</summary>
    public static FolderEntry Look(string path) =>
        OperatingSystem.IsLinux() ? LinuxFileSystem.Look(path, Path.GetFileName(path)) : PortableFileSystem.Look(path);

    /// <summary>The device that holds <paramref name="path"/>; 0 where the system does not tell.</summary>
    public static long DeviceOf(string path) => OperatingSystem.IsLinux() ? LinuxFileSystem.DeviceOf(path) : 0;
}
