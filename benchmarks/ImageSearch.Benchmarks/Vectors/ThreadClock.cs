using System.Runtime.InteropServices;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>Processor time of the calling thread, so that a busy machine disturbs a measurement less. Linux only.</summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    /// <summary>Milliseconds.</summary>
    public static double Now
    {
        get
        {
            _ = GetTime(ThreadProcessorTime, out TimeSpec time);
            return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
