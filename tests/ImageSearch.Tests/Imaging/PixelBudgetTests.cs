using ImageSearch.Imaging;
using Xunit;

namespace ImageSearch.Tests.Imaging;

public sealed class PixelBudgetTests
{
    [Fact]
    public async Task Who_does_not_fit_waits_until_pixels_are_given_back()
    {
        var budget = new PixelBudget(100);
        var first = budget.Enter(70, CancellationToken.None);
        var second = Task.Run(() => budget.Enter(40, CancellationToken.None));

        Assert.Equal(70, budget.InFlight);
        first.Dispose();
        using var entered = await second;

        Assert.Equal(40, budget.InFlight);
    }

    [Fact]
    public void A_picture_above_the_whole_budget_goes_alone()
    {
        var budget = new PixelBudget(100);

        using (budget.Enter(1000, CancellationToken.None))
        {
            Assert.Equal(1000, budget.InFlight);
        }

        Assert.Equal(0, budget.InFlight);
    }

    [Fact]
    public async Task Who_is_cancelled_while_waiting_does_not_hold_up_the_next()
    {
        var budget = new PixelBudget(100);
        using var stop = new CancellationTokenSource();
        var first = budget.Enter(100, CancellationToken.None);
        var cancelled = Task.Run(() => budget.Enter(100, stop.Token));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        first.Dispose();
        using var next = budget.Enter(50, CancellationToken.None);

        Assert.Equal(50, budget.InFlight);
    }

    [Fact]
    public void Many_threads_never_go_above_the_budget()
    {
        var budget = new PixelBudget(100);
        var highest = 0L;

        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            using var turn = budget.Enter(10 + (index % 60), CancellationToken.None);
            InterlockedMax(ref highest, budget.InFlight);
        });

        Assert.InRange(highest, 10, 100);
        Assert.Equal(0, budget.InFlight);
    }

    [Fact]
    public void A_picture_that_is_decoded_in_strips_weighs_less_than_one_decoded_whole()
    {
        var strips = new ImageInfo(ImageFormat.Jpeg, 10_000, 8_000, 1, IsDecodedWhole: false);

        Assert.Equal(80_000_000, PixelBudget.WeightOf(strips with { IsDecodedWhole = true }));
        Assert.InRange(PixelBudget.WeightOf(strips), 1, 10_000_000);
    }

    private static void InterlockedMax(ref long highest, long value)
    {
        for (var seen = Volatile.Read(ref highest); value > seen; seen = Volatile.Read(ref highest))
        {
            Interlocked.CompareExchange(ref highest, value, seen);
        }
    }
}
