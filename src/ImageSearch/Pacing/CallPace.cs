namespace ImageSearch.Pacing;

/// <summary>
/// How many calls may be on their way to a provider, found by trying: until the first refusal each round of answered calls allows twice
/// as many, from then on one more; a refusal takes off three tenths, once a round. After a refusal no call goes out until another is answered or none is left on its way, so that a provider
/// that takes nothing is asked by one call at a time; where refusal follows on refusal, everyone pauses, longer each time. The width is
/// kept for when calls are taken again. First come, first served, and what was refused before all others. Safe for many threads.
/// </summary>
internal sealed class CallPace : IDisposable
{
    private const double Decrease = 0.7;

    // A timer takes no more than some weeks, and a Retry-After may say anything.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource<CallSlot>> _waiting = [];
    private readonly CallPaceOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ITimer _timer;
    private double _width;
    private int _inFlight;
    private int _round;
    private int _refusals; // rounds refused since the last answer
    private long _opensAt;
    private long _calls;
    private long _throttles;
    private long _failures;

    /// <param name="options">Its bounds.</param>
    /// <param name="time">The clock of pauses.</param>
    /// <param name="random">The jitter of pauses; belongs to the pace from now on.</param>
    public CallPace(CallPaceOptions options, TimeProvider time, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeastAtOnce, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FirstWidth, options.LeastAtOnce);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostAtOnce, options.LeastAtOnce);
        (_options, _time, _random) = (options, time, random);
        _width = Math.Min(options.FirstWidth, options.MostAtOnce);
        _opensAt = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Open(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its bounds.</summary>
    public CallPaceOptions Options => _options;

    /// <summary>How it stands at this moment.</summary>
    public CallPaceStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new CallPaceStatus((int)_width, _inFlight, _waiting.Count, Pause, _calls, _throttles, _failures);
            }
        }
    }

    // The lock is held by whoever asks.
    private TimeSpan Pause => _time.GetElapsedTime(_time.GetTimestamp(), _opensAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Waits for the turn of a call, as long as it takes.</summary>
    /// <param name="isRetry">True for what has had its turn and was refused: it goes before all that wait.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="OperationCanceledException">The wait was given up; no slot is taken.</exception>
    public async Task<CallSlot> EnterAsync(bool isRetry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new LinkedListNode<TaskCompletionSource<CallSlot>>(new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (isRetry)
            {
                _waiting.AddFirst(turn);
            }
            else
            {
                _waiting.AddLast(turn);
            }

            Admit();
        }

        using var withdrawal = cancellationToken.UnsafeRegister((_, token) => Withdraw(turn, token), null);
        return await turn.Value.Task;
    }

    /// <summary>
    /// Makes a call when its turn comes. One that is throttled is made again for as long as it takes, one that fails in a way that may pass for
    /// a while; every other failure goes through at once.
    /// </summary>
    /// <param name="call">Calls the provider, and does not try again itself.</param>
    /// <param name="refusalOf">What a failure of it means for the pace.</param>
    /// <param name="cancellationToken">Gives call and waiting up.</param>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, Func<Exception, CallRefusal> refusalOf, CancellationToken cancellationToken)
    {
        long? firstFailure = null;
        var failures = 0;
        for (var isRetry = false; ; isRetry = true)
        {
            try
            {
                return await CallOnceAsync(call, refusalOf, isRetry, cancellationToken);
            }
            catch (Exception refusal) when (refusalOf(refusal).Outcome == CallOutcome.Throttled)
            {
                // Nothing is wrong with what was sent: it takes its turn again, and the pace makes it wait.
            }
            catch (Exception failure) when (refusalOf(failure).Outcome == CallOutcome.Failed)
            {
                firstFailure ??= _time.GetTimestamp();
                if (_time.GetElapsedTime(firstFailure.Value) >= _options.FailurePatience)
                {
                    throw;
                }

                // It may be this call alone that fails: it waits by itself, so that it does not hold up the others.
                await Task.Delay(Backoff(++failures), _time, cancellationToken);
            }
        }
    }

    /// <summary>A wait for one who has been refused so many times: anything up to a bound that doubles with each of them.</summary>
    public TimeSpan Backoff(int refusals)
    {
        lock (_gate)
        {
            var bound = _options.BackoffFloor.TotalSeconds * Math.Pow(2, refusals - 1);
            return TimeSpan.FromSeconds(_random.NextDouble() * Math.Min(bound, _options.BackoffCeiling.TotalSeconds));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Takes a slot back and learns from what came of its call.</summary>
    internal void Leave(CallSlot slot)
    {
        lock (_gate)
        {
            var wasFull = _inFlight >= (int)_width;
            _inFlight--;
            _calls++;
            switch (slot.Outcome)
            {
                case CallOutcome.Answered:
                    Answered(slot, wasFull);
                    break;
                case CallOutcome.Throttled:
                    _throttles++;
                    Refused(slot);
                    break;
                case CallOutcome.Failed:
                    _failures++;
                    Refused(slot);
                    break;
            }

            _options.Metrics.Widened(_options.Purpose, (int)_width);
            Admit();
        }

        _options.Metrics.Ended(_options.Purpose, slot.Outcome, _time.GetElapsedTime(slot.Began));
    }

    private async Task<T> CallOnceAsync<T>(
        Func<CancellationToken, Task<T>> call, Func<Exception, CallRefusal> refusalOf, bool isRetry, CancellationToken cancellationToken)
    {
        using var slot = await EnterAsync(isRetry, cancellationToken);
        try
        {
            var answer = await call(cancellationToken);
            slot.Outcome = CallOutcome.Answered;
            return answer;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            (slot.Outcome, slot.RetryAfter) = refusalOf(failure);
            throw;
        }
    }

    private void Answered(CallSlot slot, bool wasFull)
    {
        _refusals = 0;

        // A width that was not used is not known to be right, and does not grow; nor does one that was refused meanwhile.
        if (wasFull && slot.Round == _round)
        {
            _width = Math.Min(_options.MostAtOnce, _width + (_round == 0 ? 1 : 1 / _width));
        }
    }

    private void Refused(CallSlot slot)
    {
        var wait = TimeSpan.Zero;
        if (slot.Round == _round)
        {
            _round++;
            _refusals++;
            if (_refusals == 1)
            {
                _width = Math.Max(_options.LeastAtOnce, _width * Decrease);
            }
            else
            {
                // The call was alone on its way: nothing is taken at all, and nothing is learnt of the width.
                wait = Backoff(_refusals - 1);
            }
        }

        wait = slot.RetryAfter > wait ? slot.RetryAfter.Value : wait;
        _opensAt = Math.Max(_opensAt, _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency));
    }

    private void Open()
    {
        lock (_gate)
        {
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { } first && _inFlight < (_refusals > 0 ? 1 : (int)_width))
        {
            if (Pause is { Ticks: > 0 } left)
            {
                _ = _timer.Change(left < LongestTimer ? left : LongestTimer, Timeout.InfiniteTimeSpan);
                return;
            }

            _waiting.Remove(first);
            _inFlight++;
            first.Value.SetResult(new CallSlot(this, _round, _time.GetTimestamp()));
        }
    }

    private void Withdraw(LinkedListNode<TaskCompletionSource<CallSlot>> turn, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // One that has its slot already is not in the list, and gives the slot back after its call.
            if (turn.List is not null)
            {
                _waiting.Remove(turn);
                turn.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
