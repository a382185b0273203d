using ImageSearch.Pacing;
using Xunit;

namespace ImageSearch.Tests.Pacing;

/// <summary>An account of every turn at a pace, kept beside it.</summary>
internal sealed class PaceTurns(CallPace pace)
{
    private readonly LinkedList<(Task<CallSlot> Turn, CancellationTokenSource GiveUp)> _waiting = [];
    private readonly List<CallSlot> _slots = [];

    public int InFlight => _slots.Count;

    public int Waiting => _waiting.Count;

    public int Ended { get; private set; }

    public void Enter(bool isRetry)
    {
        var giveUp = new CancellationTokenSource();
        var turn = (pace.EnterAsync(isRetry, giveUp.Token), giveUp);
        _ = isRetry ? _waiting.AddFirst(turn) : _waiting.AddLast(turn);
    }

    /// <summary>Takes over the slots of those that were admitted: the first that wait.</summary>
    public async Task TakeUpAsync()
    {
        while (_waiting.Count > pace.Status.Waiting)
        {
            var (turn, giveUp) = _waiting.First!.Value;
            _waiting.RemoveFirst();
            _slots.Add(await turn);
            giveUp.Dispose();
        }
    }

    public async Task WithdrawAsync(Random random)
    {
        if (_waiting.Count > 0)
        {
            var (turn, giveUp) = _waiting.ElementAt(random.Next(_waiting.Count));
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
            _ = _waiting.Remove((turn, giveUp));
            giveUp.Dispose();
        }
    }

    public async Task EndAsync(Random random, CallOutcome outcome, TimeSpan? retryAfter = null)
    {
        if (_slots.Count > 0)
        {
            var slot = _slots[random.Next(_slots.Count)];
            _ = _slots.Remove(slot);
            Ended++;
            (slot.Outcome, slot.RetryAfter) = (outcome, retryAfter);
            slot.Dispose();
            await TakeUpAsync();
        }
    }
}
