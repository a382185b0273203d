namespace ImageSearch.Collections.Vectors;

/// <summary>Turns what the file system refuses into the fault that a person can act on.</summary>
internal static class StorageFault
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int MacQuota = 69;
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharing = unchecked((int)0x80070020);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether another process holds the file.</summary>
    public static bool IsSharing(IOException exception) => exception.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharing;

    /// <summary>The fault that a file's exception stands for.</summary>
    public static CollectionException From(Exception exception, string folder) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => new CollectionException(
            CollectionFault.NotFound,
            $"There are no vectors in '{folder}'. Index something into the collection first.",
            exception),
        { HResult: LinuxNoSpace or LinuxQuota or MacQuota or WindowsHandleDiskFull or WindowsDiskFull } => new CollectionException(
            CollectionFault.Full,
            $"No space left for the vectors in '{folder}'. Free some space and run again; nothing that was acknowledged is lost.",
            exception),
        _ => new CollectionException(
            CollectionFault.Unreachable,
            $"The vectors in '{folder}' cannot be read or written: {exception.Message} Check that the folder exists and is yours to write.",
            exception),
    };
}
