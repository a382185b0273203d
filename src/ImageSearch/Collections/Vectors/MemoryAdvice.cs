using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>Tells the system which mapped pages will be read soon, and which have served.</summary>
internal static partial class MemoryAdvice
{
    private const int WillNeed = 3;
    private const int DontNeed = 4;
    private const int LinuxPopulateRead = 22;

    /// <summary>Has mapped bytes fetched from the disk, without waiting; does nothing where the system has no such call.</summary>
    public static void Fetch(nint address, long bytes)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            nint page = address & ~(nint)(Environment.SystemPageSize - 1);
            // Advice only: what is refused is fetched when it is missed.
            _ = Advise(page, (nuint)(address - page + bytes), WillNeed);
        }
    }

    /// <summary>Has mapped bytes fetched and waits until they can be read without a fault; where the system has no such call, the faults come later.</summary>
    public static void Populate(nint address, long bytes)
    {
        Fetch(address, bytes);
        if (OperatingSystem.IsLinux())
        {
            nint page = address & ~(nint)(Environment.SystemPageSize - 1);
            _ = Advise(page, (nuint)(address - page + bytes), LinuxPopulateRead);
        }
    }

    /// <summary>
    /// Lets go of mapped bytes that were read once, so that they do not count as this process's memory; they stay in the system's
    /// cache and are there again when they are read.
    /// </summary>
    public static void Release(nint address, long bytes)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            nint page = address & ~(nint)(Environment.SystemPageSize - 1);
            _ = Advise(page, (nuint)(address - page + bytes), DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
