using ImageSearch.Pacing;

namespace ImageSearch.Cli.Output.Progress;

/// <summary>Says on stderr that the provider takes no calls for the moment: once, until it has answered again.</summary>
internal sealed class PauseNotice : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TextWriter _error;
    private readonly Func<CallPaceStatus> _pace;
    private readonly ITimer _timer;
    private long? _endedBefore;

    /// <param name="error">Where it is said.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pace">How the calls come along.</param>
    public PauseNotice(TextWriter error, TimeProvider time, Func<CallPaceStatus> pace)
    {
        (_error, _pace) = (error, pace);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Nothing is said any more when this is over.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        var status = _pace();
        var ended = status.Calls - status.Throttles - status.Failures;
        if (status.Pause > TimeSpan.Zero && ended != _endedBefore)
        {
            _endedBefore = ended;
            _error.WriteLine("the provider takes no more calls for the moment: waiting (Ctrl-C stops; run again to go on)");
        }
    }
}
