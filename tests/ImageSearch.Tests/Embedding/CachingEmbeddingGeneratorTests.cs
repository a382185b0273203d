using ImageSearch.Embedding;
using ImageSearch.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class CachingEmbeddingGeneratorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CountingGenerator _inner = new();
    private readonly EmbeddingCache _cache;
    private readonly CachingEmbeddingGenerator _caching;

    public CachingEmbeddingGeneratorTests()
    {
        _cache = EmbeddingCache.Open(Path.Combine(_folder.Path, "embeddings.db"));
        _caching = new CachingEmbeddingGenerator(_inner, _cache);
    }

    public void Dispose()
    {
        _caching.Dispose();
        _cache.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_second_time_a_picture_costs_nothing_and_says_so()
    {
        var first = Assert.Single(await _caching.GenerateAsync([Picture(5)]));
        var second = Assert.Single(await _caching.GenerateAsync([Picture(5)]));

        Assert.False(EmbeddingInput.IsCached(first));
        Assert.True(EmbeddingInput.IsCached(second));
        Assert.Equal(first.Vector.ToArray(), second.Vector.ToArray());
        Assert.Equal("counting", second.ModelId);
        Assert.Single(_inner.Calls);
    }

    [Fact]
    public async Task A_batch_asks_in_one_call_for_what_is_missing_and_keeps_the_order()
    {
        await _caching.GenerateAsync([Picture(2), Picture(4)]);
        AIContent[] contents = [Picture(1), Picture(2), new TextContent("words"), Picture(3), Picture(4)];

        var embeddings = await _caching.GenerateAsync(contents);

        Assert.Equal(2, _inner.Calls.Count);
        Assert.Equal([contents[0], contents[2], contents[3]], _inner.Calls[1]);
        Assert.Equal(contents.Select(CountingGenerator.VectorOf), embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal([false, true, false, false, true], embeddings.Select(EmbeddingInput.IsCached));
        Assert.Equal(3, embeddings.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task The_same_bytes_twice_in_a_batch_are_asked_for_once()
    {
        var embeddings = await _caching.GenerateAsync([Picture(7), Picture(7)]);

        Assert.Single(Assert.Single(_inner.Calls));
        Assert.Equal([false, true], embeddings.Select(EmbeddingInput.IsCached));
        Assert.Equal(embeddings[0].Vector.ToArray(), embeddings[1].Vector.ToArray());
    }

    [Fact]
    public async Task The_same_bytes_at_the_same_time_are_asked_for_once()
    {
        var entered = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        _inner.Inside = (_, _) =>
        {
            entered.SetResult();
            return released.Task;
        };

        var first = _caching.GenerateAsync([Picture(3)]);
        await entered.Task;
        var second = _caching.GenerateAsync([Picture(3)]);
        Assert.False(second.IsCompleted);
        released.SetResult();

        Assert.False(EmbeddingInput.IsCached(Assert.Single(await first)));
        Assert.True(EmbeddingInput.IsCached(Assert.Single(await second)));
        Assert.Single(_inner.Calls);
    }

    [Fact]
    public async Task Who_waited_for_a_call_that_was_cancelled_asks_for_itself()
    {
        var entered = new TaskCompletionSource();
        _inner.Inside = (call, cancellationToken) =>
        {
            entered.TrySetResult();
            return call == 0 ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
        };
        using var cancelling = new CancellationTokenSource();

        var cancelled = _caching.GenerateAsync([Picture(3)], cancellationToken: cancelling.Token);
        await entered.Task;
        var waiting = _caching.GenerateAsync([Picture(3)]);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(EmbeddingInput.IsCached(Assert.Single(await waiting)));
        Assert.Equal(2, _inner.Calls.Count);
    }

    [Fact]
    public async Task A_failed_call_stores_nothing_and_the_next_one_asks_again()
    {
        _inner.Inside = (call, _) => call == 0 ? Task.FromException(new InvalidOperationException("refused")) : Task.CompletedTask;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _caching.GenerateAsync([Picture(3)]));
        var again = await _caching.GenerateAsync([Picture(3)]);

        Assert.False(EmbeddingInput.IsCached(Assert.Single(again)));
        Assert.Equal(1, _cache.Statistics().Entries);
    }

    [Fact]
    public async Task A_vector_of_another_length_than_promised_is_not_stored()
    {
        _inner.Metadata = new EmbeddingGeneratorMetadata("test", null, "counting", 3);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _caching.GenerateAsync([Picture(3)]));

        Assert.Equal(0, _cache.Statistics().Entries);
    }

    [Fact]
    public async Task A_generator_that_names_no_model_is_refused()
    {
        _inner.Metadata = null;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _caching.GenerateAsync([Picture(3)]));
    }

    [Fact]
    public async Task Texts_are_passed_on_and_not_stored()
    {
        await _caching.GenerateAsync([new TextContent("words")]);
        await _caching.GenerateAsync([new TextContent("words")]);

        Assert.Equal(2, _inner.Calls.Count);
        Assert.Equal(0, _cache.Statistics().Entries);
    }

    [Fact]
    public async Task Texts_that_cost_money_are_paid_for_once()
    {
        using var paid = new CachingEmbeddingGenerator(_inner, _cache, new CachingOptions { KeepsTexts = true });

        var first = await paid.GenerateAsync([new TextContent("words"), new TextContent("words"), new TextContent("others")]);
        var second = await paid.GenerateAsync([new TextContent("words")]);

        Assert.Equal([2], _inner.Calls.Select(call => call.Count));
        Assert.Equal([false, true, false], first.Select(EmbeddingInput.IsCached));
        Assert.True(EmbeddingInput.IsCached(second[0]));
        Assert.Equal(first[0].Vector.ToArray(), second[0].Vector.ToArray());
        Assert.Equal("counting", second[0].ModelId);
    }

    [Fact]
    public async Task A_text_and_a_picture_of_the_same_bytes_are_two_contents()
    {
        using var paid = new CachingEmbeddingGenerator(_inner, _cache, new CachingOptions { KeepsTexts = true });

        await paid.GenerateAsync([new TextContent("words")]);
        var picture = await paid.GenerateAsync([EmbeddingInput.Picture("words"u8.ToArray(), "image/jpeg")]);

        Assert.False(EmbeddingInput.IsCached(picture[0]));
    }

    [Fact]
    public async Task A_text_of_which_only_the_beginning_was_used_is_not_kept_because_that_must_be_said_again()
    {
        _inner.Made = embedding => EmbeddingInput.MarkCut(embedding, "wor");
        using var paid = new CachingEmbeddingGenerator(_inner, _cache, new CachingOptions { KeepsTexts = true });

        await paid.GenerateAsync([new TextContent("words")]);
        var again = await paid.GenerateAsync([new TextContent("words")]);

        Assert.Equal("wor", EmbeddingInput.CutTextOf(again[0]));
        Assert.Equal(0, _cache.Statistics().Entries);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task The_two_sides_of_the_search_are_kept_apart_where_the_model_does_so(bool isAsymmetric, int calls)
    {
        using var caching = new CachingEmbeddingGenerator(_inner, _cache, new CachingOptions { IsAsymmetric = isAsymmetric });

        for (var round = 0; round < 2; round++)
        {
            await caching.GenerateAsync([Picture(3)], EmbeddingInput.For(EmbeddingRole.Document));
            await caching.GenerateAsync([Picture(3)], EmbeddingInput.For(EmbeddingRole.Query));
        }

        Assert.Equal(calls, _inner.Calls.Count);
        Assert.Equal(calls, _cache.Statistics().Entries);
        Assert.True(EmbeddingInput.IsCached(Assert.Single(await _caching.GenerateAsync([Picture(3)]))));
    }

    [Fact]
    public async Task Many_calls_over_the_same_pictures_ask_for_each_once()
    {
        const int Pictures = 20;
        await Parallel.ForAsync(0, 16, async (seed, cancellationToken) =>
        {
            var random = new Random(seed);
            var sizes = Enumerable.Range(1, Pictures).ToArray();
            random.Shuffle(sizes);
            var embeddings = await _caching.GenerateAsync(sizes.Select(Picture), cancellationToken: cancellationToken);
            Assert.Equal(sizes, embeddings.Select(embedding => (int)embedding.Vector.Span[0]));
        });

        Assert.Equal(Pictures, _inner.Calls.Sum(call => call.Count));
    }

    private static DataContent Picture(int size) => EmbeddingInput.Picture(new byte[size], "image/jpeg");
}
