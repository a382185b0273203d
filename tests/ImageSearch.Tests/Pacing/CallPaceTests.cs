using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Pacing;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Pacing;

public sealed class CallPaceTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private enum Step
    {
        Enter,
        EnterAgain,
        Answer,
        Throttle,
        ThrottleForLong,
        Fail,
        Abandon,
        Withdraw,
        Wait,
    }

    [Fact]
    public async Task Until_the_first_refusal_a_round_of_answers_at_full_width_allows_twice_as_many_calls()
    {
        using var pace = Pace(firstWidth: 4);
        var slots = await FillAsync(pace);
        var waiting = Enumerable.Range(0, 8).Select(_ => pace.EnterAsync(isRetry: false, default)).ToList();

        slots.ForEach(slot => End(slot, CallOutcome.Answered));

        Assert.Equal((8, 8), (pace.Status.Width, pace.Status.InFlight));
        Assert.All(waiting, turn => Assert.True(turn.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task After_a_refusal_a_round_of_answers_at_full_width_allows_about_one_call_more()
    {
        using var pace = Pace(firstWidth: 6);
        End(await pace.EnterAsync(isRetry: false, default), CallOutcome.Throttled);
        End(await pace.EnterAsync(isRetry: false, default), CallOutcome.Answered);
        Assert.Equal(4, pace.Status.Width);
        var slots = new Queue<CallSlot>(await FillAsync(pace));

        for (var answers = 0; answers < 5; answers++)
        {
            var next = pace.EnterAsync(isRetry: false, default);
            End(slots.Dequeue(), CallOutcome.Answered);
            slots.Enqueue(await next);
        }

        Assert.Equal(5, pace.Status.Width);
    }

    [Fact]
    public async Task A_width_that_is_not_used_does_not_grow()
    {
        using var pace = Pace(firstWidth: 4);

        for (var i = 0; i < 100; i++)
        {
            End(await pace.EnterAsync(isRetry: false, default), CallOutcome.Answered);
        }

        Assert.Equal(4, pace.Status.Width);
    }

    [Fact]
    public async Task The_refusals_of_one_round_narrow_the_pace_once_and_pause_nobody()
    {
        using var pace = Pace(firstWidth: 10);
        var slots = await FillAsync(pace);

        slots.ForEach(slot => End(slot, CallOutcome.Throttled));

        Assert.Equal((7, TimeSpan.Zero, 10), (pace.Status.Width, pace.Status.Pause, pace.Status.Throttles));
    }

    [Fact]
    public async Task After_a_refusal_no_call_begins_until_another_is_answered_or_none_is_left()
    {
        using var pace = Pace(firstWidth: 10);
        var slots = await FillAsync(pace);
        var waiting = Enumerable.Range(0, 20).Select(_ => pace.EnterAsync(isRetry: false, default)).ToList();

        slots.Take(5).ToList().ForEach(slot => End(slot, CallOutcome.Throttled));
        Assert.Equal((5, 20), (pace.Status.InFlight, pace.Status.Waiting));
        End(slots[5], CallOutcome.Answered);
        Assert.Equal((7, 17), (pace.Status.InFlight, pace.Status.Waiting));

        // Three more have begun, and four of the first are still on their way.
        End(await waiting[0], CallOutcome.Throttled);
        slots.Skip(6).ToList().ForEach(slot => End(slot, CallOutcome.Throttled));
        End(await waiting[1], CallOutcome.Throttled);
        Assert.Equal((1, 17), (pace.Status.InFlight, pace.Status.Waiting));
        End(await waiting[2], CallOutcome.Throttled);
        Assert.Equal((1, 16), (pace.Status.InFlight, pace.Status.Waiting));
    }

    [Fact]
    public async Task Refusal_upon_refusal_pauses_everyone_and_one_call_finds_out_when_it_is_over()
    {
        using var pace = Pace(firstWidth: 10);
        End(await pace.EnterAsync(isRetry: false, default), CallOutcome.Throttled);
        End(await pace.EnterAsync(isRetry: false, default), CallOutcome.Throttled);
        var waiting = Enumerable.Range(0, 10).Select(_ => pace.EnterAsync(isRetry: false, default)).ToList();

        Assert.InRange(pace.Status.Pause, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(0.5));
        Assert.Equal((0, 10), (pace.Status.InFlight, pace.Status.Waiting));
        _clock.Advance(pace.Status.Pause);
        Assert.Equal((1, 9), (pace.Status.InFlight, pace.Status.Waiting));
        End(await waiting[0], CallOutcome.Answered);
        Assert.Equal((7, 2), (pace.Status.InFlight, pace.Status.Waiting));
    }

    [Fact]
    public async Task Pauses_grow_to_their_ceiling_and_never_beyond()
    {
        using var pace = Pace(firstWidth: 1);
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 200; i++)
        {
            var turn = pace.EnterAsync(isRetry: true, default);
            _clock.Advance(pace.Status.Pause);
            End(await turn, CallOutcome.Failed);
            pauses.Add(pace.Status.Pause);
        }

        Assert.InRange(pauses.Take(4).Max(), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
        Assert.InRange(pauses.Max(), TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(20));
        Assert.InRange(pauses.Average(pause => pause.TotalSeconds), 8, 12);
        Assert.Equal(200, pace.Status.Failures);
    }

    [Fact]
    public async Task Everyone_waits_as_long_as_the_provider_asks()
    {
        using var pace = Pace(firstWidth: 4);
        var slots = await FillAsync(pace);
        var turn = pace.EnterAsync(isRetry: false, default);

        End(slots[0], CallOutcome.Throttled, TimeSpan.FromSeconds(100_000));
        slots.Skip(1).ToList().ForEach(slot => End(slot, CallOutcome.Answered));

        Assert.Equal(TimeSpan.FromSeconds(100_000), pace.Status.Pause);
        _clock.Advance(TimeSpan.FromSeconds(99_999));
        Assert.Equal(1, pace.Status.Waiting);
        _clock.Advance(TimeSpan.FromSeconds(1));
        End(await turn, CallOutcome.Answered);
    }

    [Fact]
    public async Task What_was_refused_goes_before_all_that_wait()
    {
        using var pace = Pace(firstWidth: 1);
        var slot = await pace.EnterAsync(isRetry: false, default);
        var later = pace.EnterAsync(isRetry: false, default);
        var again = pace.EnterAsync(isRetry: true, default);

        End(slot, CallOutcome.Answered);

        End(await again, CallOutcome.Answered);
        End(await later, CallOutcome.Answered);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_slot_and_loses_none()
    {
        using var pace = Pace(firstWidth: 1);
        using var giveUp = new CancellationTokenSource();
        var slot = await pace.EnterAsync(isRetry: false, default);
        var given = pace.EnterAsync(isRetry: false, giveUp.Token);
        var kept = pace.EnterAsync(isRetry: false, default);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pace.EnterAsync(isRetry: true, giveUp.Token));
        Assert.Equal((1, 1), (pace.Status.InFlight, pace.Status.Waiting));
        End(slot, CallOutcome.Abandoned);
        End(await kept, CallOutcome.Abandoned);
        Assert.Equal((0, 0), (pace.Status.InFlight, pace.Status.Waiting));
    }

    [Fact]
    public void Whatever_happens_the_width_stays_in_its_bounds_and_no_turn_is_lost()
    {
        var steps = Gen.ListOf(Gen.Elements(Enum.GetValues<Step>()), 200);
        var property = Prop.ForAll(
            steps.ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            (script, seed) => PlayAsync(script, seed).GetAwaiter().GetResult());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    private async Task PlayAsync(IReadOnlyList<Step> script, int seed)
    {
        var random = new Random(seed);
        var options = new CallPaceOptions { FirstWidth = 2 + random.Next(4), MostAtOnce = 2 + random.Next(8), LeastAtOnce = 1 + random.Next(2) };
        using var pace = new CallPace(options, _clock, new Random(seed));
        var turns = new PaceTurns(pace);
        foreach (var step in script)
        {
            var inFlight = pace.Status.InFlight;
            await PlayAsync(step, turns, random);
            var status = pace.Status;
            Assert.InRange(status.Width, 1, options.MostAtOnce);
            Assert.InRange(status.InFlight, 0, Math.Max(inFlight, status.Width));
            Assert.Equal((turns.InFlight, turns.Waiting), (status.InFlight, status.Waiting));
            Assert.True(status.Waiting == 0 || status.Pause > TimeSpan.Zero || status.InFlight > 0);
        }

        while (turns.InFlight + turns.Waiting > 0)
        {
            await turns.EndAsync(random, CallOutcome.Answered);
            _clock.Advance(Day);
            await turns.TakeUpAsync();
        }

        Assert.Equal((0, 0, turns.Ended), (pace.Status.InFlight, pace.Status.Waiting, pace.Status.Calls));
    }

    private async Task PlayAsync(Step step, PaceTurns turns, Random random)
    {
        switch (step)
        {
            case Step.Enter or Step.EnterAgain:
                turns.Enter(isRetry: step == Step.EnterAgain);
                break;
            case Step.Withdraw:
                await turns.WithdrawAsync(random);
                break;
            case Step.Wait:
                _clock.Advance(TimeSpan.FromSeconds(random.NextDouble() * 5));
                break;
            case Step.Throttle or Step.ThrottleForLong:
                await turns.EndAsync(random, CallOutcome.Throttled, step == Step.Throttle ? null : TimeSpan.FromSeconds(random.Next(60)));
                break;
            default:
                await turns.EndAsync(random, step switch { Step.Answer => CallOutcome.Answered, Step.Fail => CallOutcome.Failed, _ => CallOutcome.Abandoned });
                break;
        }

        await turns.TakeUpAsync();
    }

    private CallPace Pace(int firstWidth) => new(new CallPaceOptions { FirstWidth = firstWidth }, _clock, new Random(1));

    private static async Task<List<CallSlot>> FillAsync(CallPace pace)
    {
        var slots = new List<CallSlot>();
        while (pace.Status.InFlight < pace.Status.Width)
        {
            slots.Add(await pace.EnterAsync(isRetry: false, default));
        }

        return slots;
    }

    private static void End(CallSlot slot, CallOutcome outcome, TimeSpan? retryAfter = null)
    {
        (slot.Outcome, slot.RetryAfter) = (outcome, retryAfter);
        slot.Dispose();
    }
}
