using ImageSearch.Captioning;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Captioning;

/// <summary>A library is described while the provider has its bad minutes: what may pass is waited for, what does not stops the run at once.</summary>
public sealed class LibraryCaptionerTests
{
    private const string Busy = "Too many tokens, please wait before trying again.";

    public static TheoryData<string, string, VisionFault> Stops => new()
    {
        { "AccessDeniedException", "You may not.", VisionFault.AccessRefused },
        { "UnrecognizedClientException", "The security token is invalid.", VisionFault.AccessRefused },
        { "ThrottlingException", "Too many tokens per day, please wait before trying again.", VisionFault.QuotaExhausted },
        { "ServiceQuotaExceededException", "Your account is at its limit.", VisionFault.QuotaExhausted },
        { "ResourceNotFoundException", "This model version has reached the end of its life.", VisionFault.ModelUnavailable },
    };

    [Fact]
    public async Task Throttled_calls_are_made_again_until_every_picture_is_described_and_paid_for_once()
    {
        const int pictures = 30;
        var (calls, throttled) = (0, 0);
        BedrockFault? Next()
        {
            // Nothing is taken at first, and every third call is refused from then on.
            var isTaken = Interlocked.Increment(ref calls) is > 9 and var call && call % 3 != 0;
            return isTaken || Interlocked.Increment(ref throttled) < 0 ? null : new BedrockFault.Error("ThrottlingException", Busy);
        }

        await using var room = await CaptionRoom.OpenAsync(pictures, nextFault: Next);
        await using var calm = await CaptionRoom.OpenAsync(pictures);

        var results = await room.RunAsync();
        _ = await calm.RunAsync();

        Assert.All(results, result => Assert.IsType<CaptionResult.Captioned>(result));
        Assert.All(await room.StoredAsync(), payload => Assert.Equal("a grey square", payload.Caption));
        Assert.Equal((pictures, pictures + throttled), (results.Count, room.Server.Calls.Count));
        Assert.Equal(calm.Spent, room.Spent);
    }

    [Fact]
    public async Task A_brief_outage_is_waited_out()
    {
        await using var room = await CaptionRoom.OpenAsync(8);
        room.Server.Inject(new BedrockFault.Error("ServiceUnavailableException", "busy") { Times = 3 });
        room.Server.Inject(new BedrockFault.Reset { Times = 3 });
        room.Server.Inject(new BedrockFault.Answer(502, "text/html", "<html>Bad Gateway</html>") { Times = 3 });
        room.Server.Inject(new BedrockFault.Cut(20, WithReset: true) { Times = 2 });

        var results = await room.RunAsync();

        Assert.All(results, result => Assert.IsType<CaptionResult.Captioned>(result));
        Assert.Equal((8, 8 + 11), (results.Count, room.Server.Calls.Count));
    }

    [Fact]
    public async Task An_outage_without_an_end_stops_the_run_and_another_run_goes_on_from_there()
    {
        var answered = 0;
        await using var room = await CaptionRoom.OpenAsync(
            10, nextFault: () => Interlocked.Increment(ref answered) is > 4 and < 1000 ? new BedrockFault.Error("InternalServerException", "gone") : null);

        var failure = await Assert.ThrowsAsync<VisionException>(() => room.RunAsync());
        var described = (await room.StoredAsync()).Count(payload => payload.Caption is not null);
        answered = 1000;
        var rest = await room.RunAsync();

        Assert.Equal(VisionFault.ProviderFailed, failure.Fault);
        Assert.Equal((4, 6), (described, rest.Count));
        Assert.All(await room.StoredAsync(), payload => Assert.NotNull(payload.Caption));
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task What_makes_every_call_fail_stops_the_run_at_once_and_another_run_goes_on_from_there(string type, string message, VisionFault expected)
    {
        await using var room = await CaptionRoom.OpenAsync(12);
        room.Server.Inject(new BedrockFault.Error(type, message) { Times = 100 });

        var failure = await Assert.ThrowsAsync<VisionException>(() => room.RunAsync());
        var calls = room.Server.Calls.Count;
        room.Server.ClearFaults();
        var rest = await room.RunAsync();

        Assert.Equal(expected, failure.Fault);
        Assert.InRange(calls, 1, 4);
        Assert.Equal(12, rest.Count);
    }

    [Fact]
    public async Task A_cap_stops_the_run_before_the_call_that_would_pass_it()
    {
        await using var room = await CaptionRoom.OpenAsync(4);

        var failure = await Assert.ThrowsAsync<VisionException>(() => room.RunAsync(new VisionOptions { MaxCost = 0.0001m }));

        Assert.Equal(VisionFault.CostCapReached, failure.Fault);
        Assert.Empty(room.Server.Calls);
        Assert.Equal(0, room.Spent);
    }

    [Fact]
    public async Task Leaving_while_the_provider_takes_nothing_ends_the_waiting()
    {
        using var leaving = new CancellationTokenSource();
        var refusals = 0;
        await using var room = await CaptionRoom.OpenAsync(4, nextFault: () =>
        {
            if (Interlocked.Increment(ref refusals) == 6)
            {
                leaving.Cancel();
            }

            return new BedrockFault.Error("ThrottlingException", Busy);
        });

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.RunAsync(cancellationToken: leaving.Token));

        Assert.InRange(room.Server.Calls.Count, 6, 7);
        Assert.All(await room.StoredAsync(), payload => Assert.Null(payload.Caption));
    }

    [Fact]
    public async Task A_picture_whose_answer_is_thirty_seconds_late_is_left_for_another_run()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var room = await CaptionRoom.OpenAsync(1, nextFault: () => arrived.TrySetResult() ? new BedrockFault.Hang() : null);

        var running = room.RunAsync(new VisionOptions(), time);
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        var late = Assert.IsType<CaptionResult.Failed>(Assert.Single(await running));
        var again = await room.RunAsync();

        Assert.EndsWith("did not answer within 25 seconds.", late.Reason, StringComparison.Ordinal);
        Assert.IsType<CaptionResult.Captioned>(Assert.Single(again));
    }
}
