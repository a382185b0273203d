using ImageSearch.Indexing;

namespace ImageSearch.Server.Libraries;

/// <summary>Measures a run as its results come.</summary>
internal sealed class RunProgress(string library, Func<decimal?> spent, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly RateMeter _rate = new(time);
    private readonly IndexTally _tally = new();
    private readonly decimal? _before = spent();
    private long? _told;

    /// <summary>Entries that the library has; null until they are counted.</summary>
    public Task<long>? Counting { get; set; }

    /// <summary>Takes a result.</summary>
    /// <returns>Whether it is time to tell how far the run has come.</returns>
    public bool Add(IndexResult result)
    {
        _tally.Add(result);
        return _told is not { } told || time.GetElapsedTime(told) >= Interval;
    }

    /// <summary>How far the run has come.</summary>
    public LibraryProgress Measure(LibraryPhase phase, string? message = null)
    {
        _told = time.GetTimestamp();
        var summary = _tally.Summary;
        var found = Counting is { IsCompletedSuccessfully: true } counted ? Math.Max(counted.Result, summary.Found) : (long?)null;
        var rate = _rate.Measure(summary.Found);
        return new LibraryProgress
        {
            Library = library,
            Phase = phase,
            Found = found,
            Done = summary.Found,
            Indexed = summary.New + summary.Changed + summary.Touched + summary.Unchanged,
            Failed = summary.Failed,
            PerSecond = Math.Round(rate, 1),
            EtaSeconds = phase == LibraryPhase.Indexing && found is { } all && rate > 0 ? Math.Ceiling((all - summary.Found) / rate) : null,
            Spent = spent() - _before,
            Message = message,
        };
    }
}
