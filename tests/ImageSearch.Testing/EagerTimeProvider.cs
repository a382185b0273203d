namespace ImageSearch.Testing;

/// <summary>A clock on which every wait shorter than a minute is over at once; longer ones, which guard against silence, never end.</summary>
public sealed class EagerTimeProvider : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new EagerTimer(callback, state, dueTime);

    private sealed class EagerTimer : ITimer
    {
        private readonly TimerCallback _callback;
        private readonly object? _state;

        public EagerTimer(TimerCallback callback, object? state, TimeSpan dueTime)
        {
            (_callback, _state) = (callback, state);
            _ = Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            dueTime < TimeSpan.Zero || dueTime >= Long || ThreadPool.QueueUserWorkItem(_ => _callback(_state));

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
