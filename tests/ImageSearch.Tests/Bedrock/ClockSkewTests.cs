using ImageSearch.Bedrock;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

/// <summary>
/// The Core of the SDK keeps the correction of the clock for an address as long as the process lives. This test runs after the
/// others, so that no other server gets its port and with it the correction.
/// </summary>
[CollectionDefinition(nameof(ClockSkewTests), DisableParallelization = true)]
[Collection(nameof(ClockSkewTests))]
public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clock_that_is_an_hour_off_is_corrected_by_the_answer(bool retriesFailures)
    {
        await using var server = await FakeBedrock.StartAsync(new() { Time = new ShiftedClock(TimeSpan.FromHours(1)) });
        using var client = new BedrockRuntimeClient(TestClient.Credentials, TestClient.Config(server.Http1, retriesFailures: retriesFailures));

        await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Equal(2, server.Calls.Count);
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
