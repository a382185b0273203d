using ImageSearch.Embedding;
using ImageSearch.Pacing;
using ImageSearch.Testing;
using ImageSearch.Tests.Pacing;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class PacedEmbeddingGeneratorTests : IDisposable
{
    private readonly SkippingTimeProvider _clock = new();
    private readonly CountingGenerator _inner = new();

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task Every_content_is_a_call_of_its_own_and_the_answers_come_in_order()
    {
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        var embeddings = await paced.GenerateAsync(["a", "bbb", "cc"]);

        Assert.Equal([1, 3, 2], embeddings.Select(embedding => embedding.Vector.Span[0]));
        Assert.All(_inner.Calls, call => Assert.Single(call));
        Assert.Equal(3, embeddings.Usage?.InputTokenCount);
        Assert.Empty(await paced.GenerateAsync(Array.Empty<AIContent>()));
    }

    [Fact]
    public async Task A_model_that_takes_lists_gets_as_many_contents_in_a_call_as_it_takes()
    {
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace, contentsInCall: 96);

        var embeddings = await paced.GenerateAsync(Enumerable.Range(1, 200).Select(length => new TextContent(new string('x', length))));

        Assert.Equal(Enumerable.Range(1, 200), embeddings.Select(embedding => (int)embedding.Vector.Span[0]));
        Assert.Equal([8, 96, 96], _inner.Calls.Select(call => call.Count).Order());
    }

    [Fact]
    public async Task A_throttled_content_is_sent_again_for_as_long_as_it_takes()
    {
        _inner.Inside = (call, _) => call < 1000 ? throw Refusal(EmbeddingFault.Throttled) : Task.CompletedTask;
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        Assert.Single(await paced.GenerateAsync(["a"]));

        Assert.Equal((1001, 1000, 0), (pace.Status.Calls, pace.Status.Throttles, pace.Status.InFlight));
        Assert.InRange(_clock.Waits.Sum(wait => wait.TotalHours), 2, 4);
    }

    [Fact]
    public async Task No_content_is_lost_and_none_is_answered_twice_while_half_the_calls_fail()
    {
        _inner.Inside = (call, _) => new Random(call).Next(4) switch
        {
            0 => throw Refusal(EmbeddingFault.Throttled),
            1 => throw Refusal(EmbeddingFault.ProviderFailed),
            _ => Task.CompletedTask,
        };
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        var embeddings = await paced.GenerateAsync(Enumerable.Range(1, 500).Select(length => new TextContent(new string('x', length))));

        Assert.Equal(Enumerable.Range(1, 500), embeddings.Select(embedding => (int)embedding.Vector.Span[0]));
        Assert.Equal(500, pace.Status.Calls - pace.Status.Throttles - pace.Status.Failures);
        Assert.Equal(_inner.Calls.Count, pace.Status.Calls);
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_the_provider_asks()
    {
        _inner.Inside = (call, _) => call == 0 ? throw Refusal(EmbeddingFault.Throttled, TimeSpan.FromSeconds(7)) : Task.CompletedTask;
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        await paced.GenerateAsync(["a"]);

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(_clock.Waits));
    }

    [Theory]
    [InlineData(EmbeddingFault.ProviderFailed)]
    [InlineData(EmbeddingFault.UnusableAnswer)]
    public async Task A_provider_that_fails_is_tried_for_a_while_and_then_told(EmbeddingFault fault)
    {
        _inner.Inside = (_, _) => throw Refusal(fault);
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        var failure = await Assert.ThrowsAsync<EmbeddingException>(() => paced.GenerateAsync(["a"]));

        Assert.Equal(fault, failure.Fault);
        Assert.InRange(_inner.Calls.Count, 8, 60);
        Assert.InRange(_clock.Waits.Sum(wait => wait.TotalSeconds), 120, 160);
        Assert.Equal(0, pace.Status.InFlight);
    }

    [Theory]
    [InlineData(EmbeddingFault.QuotaExhausted)]
    [InlineData(EmbeddingFault.AccessRefused)]
    [InlineData(EmbeddingFault.ModelUnavailable)]
    [InlineData(EmbeddingFault.InputRejected)]
    [InlineData(EmbeddingFault.UnusableAnswer)]
    public async Task What_waiting_does_not_help_goes_through_at_once(EmbeddingFault fault)
    {
        _inner.Inside = (_, _) => throw new EmbeddingException(fault, "no");
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        var failure = await Assert.ThrowsAsync<EmbeddingException>(() => paced.GenerateAsync(["a"]));

        Assert.Equal(fault, failure.Fault);
        Assert.Single(_inner.Calls);
        Assert.Empty(_clock.Waits);
        Assert.Equal((8, 0), (pace.Status.Width, pace.Status.InFlight));
    }

    [Fact]
    public async Task A_fault_of_the_program_goes_through_and_gives_its_slot_back()
    {
        _inner.Inside = (_, _) => throw new InvalidOperationException("a bug");
        using var pace = Pace();
        using var paced = new PacedEmbeddingGenerator(_inner, pace);

        await Assert.ThrowsAsync<InvalidOperationException>(() => paced.GenerateAsync(["a", "b"]));

        Assert.Equal((0, 0), (pace.Status.InFlight, pace.Status.Waiting));
    }

    [Fact]
    public async Task Cancellation_ends_calls_and_waits_alike_and_gives_back_every_slot()
    {
        var begun = new SemaphoreSlim(0);
        _inner.Inside = async (_, cancellation) =>
        {
            begun.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        };
        using var pace = Pace(new CallPaceOptions { FirstWidth = 3 });
        using var paced = new PacedEmbeddingGenerator(_inner, pace);
        using var stop = new CancellationTokenSource();
        var all = Enumerable.Range(0, 20).Select(_ => paced.GenerateAsync(["a"], null, stop.Token)).ToList();
        for (var i = 0; i < 3; i++)
        {
            await begun.WaitAsync();
        }

        Assert.Equal((3, 17), (pace.Status.InFlight, pace.Status.Waiting));
        await stop.CancelAsync();

        foreach (var one in all)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        Assert.Equal((0, 0, 3), (pace.Status.InFlight, pace.Status.Waiting, pace.Status.Calls));
    }

    [Fact]
    public async Task A_content_is_marked_as_sent_before_it_waits_for_its_turn()
    {
        using var pace = Pace(new CallPaceOptions { FirstWidth = 1 });
        using var paced = new PacedEmbeddingGenerator(_inner, pace);
        using var taken = await pace.EnterAsync(isRetry: false, default);
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var content = new TextContent("a");
        EmbeddingInput.WhenSent(content, () => sent++);

        var waiting = paced.GenerateAsync([content], null, stop.Token);

        Assert.Equal((1, 1, 0), (sent, pace.Status.Waiting, _inner.Calls.Count));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_status_can_be_asked_through_the_generators_before_it()
    {
        using var folder = new TempFolder();
        using var cache = EmbeddingCache.Open(Path.Combine(folder.Path, "embeddings.db"));
        using var pace = Pace();
        using var caching = new CachingEmbeddingGenerator(new PacedEmbeddingGenerator(_inner, pace), cache);

        await caching.GenerateAsync([new TextContent("a")]);

        var status = Assert.IsType<CallPaceStatus>(caching.GetService(typeof(CallPaceStatus)));
        Assert.Equal(new CallPaceStatus(Width: 8, InFlight: 0, Waiting: 0, TimeSpan.Zero, Calls: 1, Throttles: 0, Failures: 0), status);
        Assert.Equal(_inner.Metadata, caching.GetService(typeof(EmbeddingGeneratorMetadata)));
    }

    private static EmbeddingException Refusal(EmbeddingFault fault, TimeSpan? retryAfter = null) =>
        new(fault, "not now") { IsTransient = true, RetryAfter = retryAfter };

    private CallPace Pace(CallPaceOptions? options = null) => new(options ?? new CallPaceOptions(), _clock, new Random(1));
}

file static class Texts
{
    public static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        this PacedEmbeddingGenerator paced, string[] texts, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        paced.GenerateAsync(texts.Select(text => new TextContent(text)), options, cancellationToken);
}
