using ImageSearch.Cli.Output.Progress;
using ImageSearch.Pacing;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class PauseNoticeTests
{
    [Fact]
    public async Task A_pause_is_told_once_until_a_call_is_answered_again()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var status = new CallPaceStatus(4, 1, 3, TimeSpan.Zero, 1, 1, 0);
        var error = new StringWriter();
        await using var notice = new PauseNotice(error, time, () => status);
        int Told() => error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

        time.Advance(TimeSpan.FromSeconds(5));
        var calm = Told();
        status = status with { Pause = TimeSpan.FromSeconds(9), Calls = 5, Throttles = 5 };
        time.Advance(TimeSpan.FromSeconds(5));
        var first = Told();
        status = status with { Calls = 8, Throttles = 6 };
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((0, 1, 2), (calm, first, Told()));
        Assert.Contains("takes no more calls for the moment: waiting", error.ToString(), StringComparison.Ordinal);
    }
}
