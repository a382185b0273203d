namespace ImageSearch.Tests.Pacing;

/// <summary>A clock on which every wait is over at once: it jumps to the moment that a timer is set for.</summary>
/// <param name="longest">The longest wait that is; longer ones, which guard against silence, never end. Null for none.</param>
internal sealed class SkippingTimeProvider(TimeSpan? longest = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly TimeSpan? _longest = longest;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every wait that was asked for.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SkippingTimer(this, () => callback(state));
        _ = timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SkippingTimer(SkippingTimeProvider clock, Action fire) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan && !(dueTime > clock._longest))
            {
                lock (clock._gate)
                {
                    clock._now += dueTime;
                    clock.Waits.Add(dueTime);
                }

                _ = ThreadPool.QueueUserWorkItem(_ => fire());
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
