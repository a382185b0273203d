using ImageSearch.Indexer;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

public sealed class BackoffTests
{
    [Fact]
    public void Pauses_double_up_to_the_ceiling_with_half_of_each_by_chance()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(60), new Random(1));

        var pauses = Enumerable.Range(0, 100).Select(_ => backoff.Next(least: null).TotalSeconds).ToList();

        Assert.All(pauses.Index(), pause =>
        {
            var whole = Math.Min(60, Math.Pow(2, pause.Index));
            Assert.InRange(pause.Item, whole / 2, whole);
        });
        Assert.True(pauses[50..].Distinct().Count() > 40);
    }

    [Fact]
    public void What_the_other_side_asks_for_is_kept_and_success_begins_anew()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(60), new Random(1));
        _ = backoff.Next(least: null);

        Assert.Equal(TimeSpan.FromMinutes(10), backoff.Next(TimeSpan.FromMinutes(10)));
        Assert.InRange(backoff.Next(TimeSpan.FromMilliseconds(1)).TotalSeconds, 2, 4);
        backoff.Reset();
        Assert.InRange(backoff.Next(least: null).TotalSeconds, 0.5, 1);
    }
}
