using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>Tells the system what will be read soon, so that it fetches many pages at once instead of each when it is missed.</summary>
internal static partial class MemoryAdvice
{
    private const int WillNeed = 3;

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

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
