using Xunit;

namespace ImageSearch.Tests.Pacing;

/// <summary>A minute in which everything is refused, two minutes of half, then all is as before; the provider takes 32 calls of 150 ms at once.</summary>
public sealed class ThrottleStormTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Half = Outage + TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Calm = Half + TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Recovered = Calm + TimeSpan.FromSeconds(30);
    private static readonly TimeSpan End = Recovered + TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Where_every_second_call_is_refused_at_random_few_are_made_until_it_is_over(int seed)
    {
        var dice = new Random(seed);
        using var simulation = new PaceSimulation(now => now < Outage || (now >= Half && (now >= Calm || dice.Next(2) == 0)), seed);

        await simulation.RunAsync(End);

        AssertWeathered(simulation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Where_half_the_earlier_rate_is_taken_nearly_all_of_it_is_used(int seed)
    {
        var bucket = new TokenBucket(rate: 32 / 0.15 / 2, capacity: 10);
        using var simulation = new PaceSimulation(now => now < Outage || (now >= Half && (now >= Calm || bucket.Take(now))), seed);

        await simulation.RunAsync(End);

        AssertWeathered(simulation);
        var (answered, refused) = simulation.Between(Half, Calm);
        Assert.InRange(answered, 0.75 * bucket.Rate * 120, 1.01 * bucket.Rate * 120);
        Assert.InRange(answered / (double)(answered + refused), 0.9, 1);
    }

    private static void AssertWeathered(PaceSimulation simulation)
    {
        var before = simulation.Between(TimeSpan.FromSeconds(10), Outage).Answered / 20.0;
        var (answered, refused) = simulation.Between(TimeSpan.Zero, End);
        Assert.InRange(before, 0.95 * 32 / 0.15, 32 / 0.15);
        Assert.InRange(simulation.Between(Outage + TimeSpan.FromSeconds(1), Half).Refused, 1, 40);
        Assert.InRange(answered / (double)(answered + refused), 0.85, 1);
        Assert.InRange(simulation.Between(Recovered, End).Answered / 30.0, 0.8 * before, 32 / 0.15);
    }

    private sealed class TokenBucket(double rate, double capacity)
    {
        private double _tokens;
        private TimeSpan _at;

        public double Rate => rate;

        public bool Take(TimeSpan now)
        {
            _tokens = Math.Min(capacity, _tokens + ((now - _at).TotalSeconds * rate));
            _at = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
