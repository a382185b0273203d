using System.Globalization;

namespace ImageSearch.Benchmarks.Million;

/// <summary>
/// What this process takes, read ten times a second while it lives. Of Linux's count of resident pages, those of mapped files are the
/// page cache's, which gives them up when memory is short; the others are the process's own.
/// </summary>
internal sealed class ProcessMemory : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Timer _timer;
    private long _own;
    private long _managed;

    public ProcessMemory() => _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, Interval);

    /// <summary>The most bytes that were the process's own.</summary>
    public long PeakOwn => Interlocked.Read(ref _own);

    /// <summary>The most bytes that the managed heap had committed.</summary>
    public long PeakManaged => Interlocked.Read(ref _managed);

    /// <summary>The most bytes that were resident, those of mapped files too.</summary>
    public static long PeakResident => Status("VmHWM");

    /// <summary>Bytes of mapped files that are resident now.</summary>
    public static long OfFiles => Status("RssFile");

    /// <summary>Bytes that are the process's own now.</summary>
    public static long Own => Status("RssAnon");

    /// <summary>Bytes that Linux counts for a process under a name; a line of its status is "VmHWM:      1234 kB".</summary>
    public static long Of(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length + 1, line.Length - name.Length - 4), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        Raise(ref _own, Own);
        Raise(ref _managed, GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes);
    }

    private static void Raise(ref long most, long value)
    {
        for (var known = Interlocked.Read(ref most); value > known; known = Interlocked.Read(ref most))
        {
            _ = Interlocked.CompareExchange(ref most, value, known);
        }
    }

    private static long Status(string name) => Of(Environment.ProcessId, name);
}
