using System.Text.Json;
using ImageSearch.Embedding;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

[Collection(AwsEnvironment.Collection)]
public sealed class GatheringEmbeddingGeneratorTests : IDisposable
{
    private static readonly byte[] OnePixelPng = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly AwsEnvironment _environment = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly CountingGenerator _inner = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task Calls_made_at_the_same_time_become_one_and_each_gets_its_own_vectors()
    {
        using var gathering = Gathering();

        var one = gathering.GenerateAsync([Picture(1)]);
        var two = gathering.GenerateAsync([Picture(2), Picture(3)]);
        Assert.Empty(_inner.Calls);
        _time.Advance(TimeSpan.FromMilliseconds(20));

        var first = await one;
        Assert.Equal(1, first.Single().Vector.Span[0]);
        Assert.Equal([2, 3], (await two).Select(embedding => (int)embedding.Vector.Span[0]));
        Assert.Equal(3, Assert.Single(_inner.Calls).Count);
    }

    [Fact]
    public async Task A_full_group_waits_for_nobody()
    {
        using var gathering = Gathering(new() { MaxContents = 4 });

        var embeddings = await gathering.GenerateAsync(Enumerable.Range(1, 8).Select(Picture));

        Assert.Equal(Enumerable.Range(1, 8), embeddings.Select(embedding => (int)embedding.Vector.Span[0]));
        Assert.Equal([4, 4], _inner.Calls.Select(call => call.Count));
    }

    [Fact]
    public async Task Pictures_of_too_many_bytes_together_are_not_gathered()
    {
        using var gathering = Gathering(new() { MaxBytes = 100 });

        var calls = gathering.GenerateAsync([Picture(60), Picture(40), Picture(1), Picture(200)]);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        await calls;

        Assert.Equal([1, 1, 2], _inner.Calls.Select(call => call.Count).Order());
        Assert.All(_inner.Calls, call => Assert.True(call.Count == 1 || call.Sum(CountingBytes) <= 100));
    }

    [Fact]
    public async Task The_two_sides_of_the_search_do_not_share_a_call()
    {
        using var gathering = Gathering();

        var document = gathering.GenerateAsync([Picture(1)], EmbeddingInput.For(EmbeddingRole.Document));
        var query = gathering.GenerateAsync([Picture(2)], EmbeddingInput.For(EmbeddingRole.Query));
        _time.Advance(TimeSpan.FromMilliseconds(20));

        await Task.WhenAll(document, query);
        Assert.Equal(2, _inner.Calls.Count);
    }

    [Fact]
    public async Task A_failure_that_is_not_one_content_s_reaches_all_of_them()
    {
        _inner.Inside = (_, _) => Task.FromException(new EmbeddingException(EmbeddingFault.QuotaExhausted, "no more today"));
        using var gathering = Gathering(new() { MaxContents = 2 });

        var calls = new[] { gathering.GenerateAsync([Picture(1)]), gathering.GenerateAsync([Picture(2)]) };

        foreach (var call in calls)
        {
            Assert.Equal(EmbeddingFault.QuotaExhausted, (await Assert.ThrowsAsync<EmbeddingException>(() => call)).Fault);
        }

        Assert.Single(_inner.Calls);
    }

    [Fact]
    public async Task Who_is_cancelled_takes_nobody_along()
    {
        var entered = new TaskCompletionSource();
        _inner.Inside = (call, cancellationToken) =>
        {
            entered.TrySetResult();
            return call == 0 ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
        };
        using var gathering = Gathering(new() { MaxContents = 2 });
        using var cancelling = new CancellationTokenSource();

        var cancelled = gathering.GenerateAsync([Picture(1)], cancellationToken: cancelling.Token);
        var staying = gathering.GenerateAsync([Picture(2)]);
        await entered.Task;
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var stayed = await staying;
        Assert.Equal(2, stayed.Single().Vector.Span[0]);
    }

    [Fact]
    public async Task A_picture_that_the_model_rejects_fails_alone()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = new CohereEmbeddingGenerator(TestClient.Of(server), new CohereOptions());
        using var gathering = new GatheringEmbeddingGenerator(cohere, new GatheringLimits { MaxContents = 10 }, _time);

        var calls = Enumerable.Range(0, 10)
            .Select(at => gathering.GenerateAsync([EmbeddingInput.Picture(OnePixelPng, at == 3 ? "image/jpeg" : "image/png")]))
            .ToArray();

        for (var at = 0; at < calls.Length; at++)
        {
            if (at == 3)
            {
                var exception = await Assert.ThrowsAsync<EmbeddingException>(() => calls[at]);
                Assert.Equal(EmbeddingFault.InputRejected, exception.Fault);
            }
            else
            {
                Assert.Single(await calls[at]);
            }
        }

        Assert.Equal(10, JsonDocument.Parse(server.Calls[0].Body).RootElement.GetProperty("images").GetArrayLength());
        Assert.InRange(server.Calls.Count, 2, 9);
    }

    private GatheringEmbeddingGenerator Gathering(GatheringLimits? limits = null) => new(_inner, limits ?? new GatheringLimits(), _time);

    private static int CountingBytes(AIContent content) => ((DataContent)content).Data.Length;

    private static DataContent Picture(int size) => EmbeddingInput.Picture(new byte[size], "image/jpeg");
}
