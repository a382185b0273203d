using ImageSearch.Spending;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Spending;

public sealed class SpendRunTests : IDisposable
{
    private static readonly ModelPrice Price = new("model", 0.00006m, 0.0008m, new DateOnly(2026, 1, 1));
    private static readonly SpendUsage OnePicture = new(1, 0);

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 5, 30, 23, 59, 0, TimeSpan.Zero));
    private readonly SpendLedger _ledger;
    private readonly SpendLedger _reader;

    public SpendRunTests()
    {
        var path = Path.Combine(_folder.Path, "spend.db");
        _ledger = SpendLedger.Open(path);
        _reader = SpendLedger.Open(path);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_run_books_what_was_used_by_model_and_purpose()
    {
        var run = Run();

        Call(run, "document", OnePicture, OnePicture);
        Call(run, "query", new SpendUsage(0, 40), new SpendUsage(0, 10));

        var spend = Assert.Single(_reader.ByModel());
        Assert.Equal(new ModelSpend("model", 2, new SpendUsage(1, 10), 0.000068m, 0), spend);
        Assert.Equal(0.000068m, run.Spent);
    }

    [Fact]
    public void A_run_without_a_paid_call_leaves_no_trace_and_opens_nothing()
    {
        var run = new SpendRun(() => throw new InvalidOperationException("opened"), new SpendCap(), _time);

        Assert.Equal(0, run.Spent);
    }

    [Fact]
    public void A_released_call_costs_nothing_and_one_whose_end_is_not_known_is_paid_in_full()
    {
        var run = Run(new SpendCap(1));
        using (var released = run.TryReserve(Price, "document", OnePicture))
        {
            released!.Release();
        }

        run.TryReserve(Price, "document", OnePicture)!.Dispose();

        Assert.Equal(0.00006m, run.Spent);
        Assert.Equal(0.00006m, run.Cap.Taken);
        Assert.Equal(new ModelSpend("model", 1, OnePicture, 0.00006m, 0), Assert.Single(_reader.ByModel()));
    }

    [Fact]
    public void The_cap_lets_exactly_so_many_calls_through()
    {
        var run = Run(new SpendCap(0.0006m));

        var made = 0;
        while (run.TryReserve(Price, "document", OnePicture) is { } reservation)
        {
            reservation.Settle(OnePicture);
            made++;
        }

        Assert.Equal(10, made);
        Assert.Equal(0.0006m, run.Spent);
    }

    [Fact]
    public void Runs_share_a_cap()
    {
        var cap = new SpendCap(0.00006m);

        Call(Run(cap), "document", OnePicture, OnePicture);

        Assert.Null(Run(cap).TryReserve(Price, "document", OnePicture));
    }

    [Fact]
    public void A_call_counts_for_the_day_on_which_it_was_begun()
    {
        var run = Run();
        var before = run.TryReserve(Price, "document", OnePicture)!;
        _time.Advance(TimeSpan.FromMinutes(2));
        Call(run, "document", OnePicture, OnePicture);
        before.Settle(OnePicture);

        Assert.Equal(2, Assert.Single(_reader.ByModel()).Calls);
        Assert.Equal(1, Assert.Single(_reader.ByModel(new DateOnly(2026, 5, 31))).Calls);
        Assert.Empty(_reader.ByModel(new DateOnly(2026, 6, 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_ledger_never_says_less_than_was_spent_and_at_most_a_second_more_whatever_happens(int seed)
    {
        var random = new Random(seed);
        var run = Run(new SpendCap(0.05m));
        var (open, reserved) = (new List<(SpendReservation Reservation, SpendUsage Most)>(), new Queue<(long At, decimal Amount)>());
        for (var step = 0; step < 3000; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
            var most = new SpendUsage(random.Next(2), random.Next(100));
            if (open.Count < 32 && random.Next(2) == 0)
            {
                if (run.TryReserve(Price, "document", most) is { } reservation)
                {
                    open.Add((reservation, most));
                    reserved.Enqueue((_time.GetTimestamp(), Price.Of(most)));
                }
            }
            else if (open.Count > 0)
            {
                End(random, open);
            }

            while (reserved.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.At) > TimeSpan.FromSeconds(2))
            {
                reserved.Dequeue();
            }

            var booked = _reader.ByModel().Sum(spend => spend.Dollars);
            var due = run.Spent + open.Sum(call => Price.Of(call.Most));
            Assert.InRange(booked, due, Math.Min(due + reserved.Sum(call => call.Amount) + 0.00000001m, 0.05m));
        }

        Assert.Equal(run.Cap.Taken, run.Spent + open.Sum(call => Price.Of(call.Most)));
    }

    [Fact]
    public void Many_calls_make_one_line_and_a_small_file()
    {
        var run = Run();
        var open = new Queue<SpendReservation>();
        for (var call = 0; call < 100_000; call++)
        {
            open.Enqueue(run.TryReserve(Price, "document", OnePicture)!);
            _time.Advance(TimeSpan.FromMilliseconds(5));
            if (open.Count == 32)
            {
                open.Dequeue().Settle(OnePicture);
            }
        }

        while (open.TryDequeue(out var last))
        {
            last.Settle(OnePicture);
        }

        Assert.Equal(100_000, _reader.ByModel().Sum(spend => spend.Calls));
        Assert.InRange(Directory.EnumerateFiles(_folder.Path).Sum(file => new FileInfo(file).Length), 1, 300_000);
    }

    [Fact]
    public void The_pace_is_that_of_the_latest_runs()
    {
        Calls(50, TimeSpan.FromMilliseconds(900));
        _time.Advance(TimeSpan.FromDays(1));
        Calls(60, TimeSpan.FromMilliseconds(100));
        Calls(60, TimeSpan.FromMilliseconds(200));

        Assert.Equal(new SpendPace(120, TimeSpan.FromMilliseconds(150), new DateOnly(2026, 5, 31)), _reader.PaceOf("model", "document"));
        Assert.Null(_reader.PaceOf("model", "query"));
        Assert.Null(_reader.PaceOf("another", "document"));

        void Calls(int count, TimeSpan each)
        {
            var run = Run();
            for (var call = 0; call < count; call++)
            {
                using var reservation = run.TryReserve(Price, "document", OnePicture)!;
                _time.Advance(each);
                reservation.Settle(OnePicture);
            }
        }
    }

    private static void Call(SpendRun run, string purpose, SpendUsage most, SpendUsage used)
    {
        using var reservation = run.TryReserve(Price, purpose, most);
        Assert.NotNull(reservation);
        reservation.Settle(used);
    }

    private static void End(Random random, List<(SpendReservation Reservation, SpendUsage Most)> open)
    {
        var at = random.Next(open.Count);
        var (reservation, most) = open[at];
        open.RemoveAt(at);
        switch (random.Next(3))
        {
            case 0:
                reservation.Release();
                break;
            case 1:
                reservation.Settle(most with { InputTokens = random.Next((int)most.InputTokens + 1) });
                break;
            default:
                reservation.Dispose();
                break;
        }
    }

    private SpendRun Run(SpendCap? cap = null) => new(() => _ledger, cap ?? new SpendCap(), _time);
}
