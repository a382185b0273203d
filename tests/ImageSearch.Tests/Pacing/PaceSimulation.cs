using ImageSearch.Pacing;
using ImageSearch.Testing;

namespace ImageSearch.Tests.Pacing;

/// <summary>
/// Contents without end that go to a made-up provider at a pace, on a clock that is moved in small steps: the same on every run. An answer
/// takes 100 to 200 ms; a refusal one step.
/// </summary>
internal sealed class PaceSimulation : IDisposable
{
    private const int Contents = 32;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new(Start);
    private readonly LinkedList<Task<CallSlot>> _waiting = [];
    private readonly PriorityQueue<(CallSlot Slot, bool IsTaken), TimeSpan> _underWay = new();
    private readonly Func<TimeSpan, bool> _takes;
    private readonly Random _dice;
    private readonly List<(TimeSpan At, bool IsTaken)> _ended = [];

    /// <param name="takes">Says whether the provider takes a call that comes at a time since the start.</param>
    /// <param name="seed">Of latencies and pauses.</param>
    public PaceSimulation(Func<TimeSpan, bool> takes, int seed)
    {
        (_takes, _dice) = (takes, new Random(seed));
        Pace = new CallPace(new CallPaceOptions(), _clock, new Random(seed));
    }

    public CallPace Pace { get; }

    private TimeSpan Now => _clock.GetUtcNow() - Start;

    public async Task RunAsync(TimeSpan until)
    {
        while (_waiting.Count + _underWay.Count < Contents)
        {
            _waiting.AddLast(Pace.EnterAsync(isRetry: false, CancellationToken.None));
        }

        while (Now < until)
        {
            await BeginAdmittedAsync();
            _clock.Advance(Step);
            await EndDueAsync();
        }
    }

    /// <summary>The calls that ended within a span of time.</summary>
    public (int Answered, int Refused) Between(TimeSpan from, TimeSpan to)
    {
        var ended = _ended.Where(call => call.At >= from && call.At < to).ToLookup(call => call.IsTaken);
        return (ended[true].Count(), ended[false].Count());
    }

    public void Dispose() => Pace.Dispose();

    // Those admitted are the first that wait, and their number is known at once: so nothing depends on how fast threads come along.
    private async Task BeginAdmittedAsync()
    {
        while (_underWay.Count < Pace.Status.InFlight)
        {
            var slot = await _waiting.First!.Value;
            _waiting.RemoveFirst();
            var isTaken = _takes(Now);
            _underWay.Enqueue((slot, isTaken), Now + (isTaken ? TimeSpan.FromMilliseconds(_dice.Next(100, 200)) : Step));
        }
    }

    private async Task EndDueAsync()
    {
        while (_underWay.TryPeek(out _, out var due) && due <= Now)
        {
            // Whoever was admitted by the clock, or by the end of the call before, is taken up before another call ends.
            await BeginAdmittedAsync();
            var call = _underWay.Dequeue();
            _ended.Add((Now, call.IsTaken));
            call.Slot.Outcome = call.IsTaken ? CallOutcome.Answered : CallOutcome.Throttled;
            call.Slot.Dispose();
            await BeginAdmittedAsync();
            var next = Pace.EnterAsync(isRetry: !call.IsTaken, CancellationToken.None);
            _ = call.IsTaken ? _waiting.AddLast(next) : _waiting.AddFirst(next);
        }
    }
}
