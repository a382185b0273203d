using System.Numerics.Tensors;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class WordsEmbeddingGeneratorTests : IDisposable
{
    private readonly WordsEmbeddingGenerator _words = new(new OfflineEmbeddingGenerator(ImageLimits.Default));

    public void Dispose() => _words.Dispose();

    [Fact]
    public async Task A_picture_is_found_by_the_words_that_travel_with_it()
    {
        var query = await EmbedAsync(new TextContent("windmills"));
        var with = await EmbedAsync(Sample("food/coffee.jpg", "holiday/old windmill.jpg"));
        var without = await EmbedAsync(Sample("food/coffee.jpg", "holiday/old tower.jpg"));

        Assert.True(TensorPrimitives.Dot<float>(query, with) > 0.2f);
        Assert.InRange(TensorPrimitives.Dot<float>(query, without), -0.1f, 0.1f);
    }

    [Fact]
    public async Task A_synonym_is_found_behind_the_word_itself()
    {
        var query = await EmbedAsync(new TextContent("puppy"));
        var same = await EmbedAsync(Sample("textures/brick.png", "puppy"));
        var synonym = await EmbedAsync(Sample("textures/brick.png", "dog"));
        var other = await EmbedAsync(Sample("textures/brick.png", "teapot"));

        Assert.True(TensorPrimitives.Dot<float>(query, same) > TensorPrimitives.Dot<float>(query, synonym));
        Assert.True(TensorPrimitives.Dot<float>(query, synonym) > TensorPrimitives.Dot<float>(query, other) + 0.05f);
    }

    [Fact]
    public async Task Words_leave_the_looks_in_place()
    {
        var bare = await EmbedAsync(Sample("wildlife/moose.jpg", null));
        var named = await EmbedAsync(Sample("wildlife/moose.jpg", "moose in the wild"));

        Assert.Equal(1, TensorPrimitives.Norm<float>(named), 1e-5);
        Assert.Equal(1, TensorPrimitives.CosineSimilarity<float>(bare.AsSpan(0, 512), named.AsSpan(0, 512)), 1e-5);
        Assert.NotEqual(0, TensorPrimitives.Norm<float>(named.AsSpan(512)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("IMG_0412.JPG")]
    public async Task A_picture_without_telling_words_passes_through(string? words)
    {
        var bare = await EmbedAsync(Sample("wildlife/moose.jpg", null));

        Assert.Equal(bare, await EmbedAsync(Sample("wildlife/moose.jpg", words)));
    }

    [Fact]
    public async Task A_cached_picture_under_new_words_costs_nothing_and_still_says_so()
    {
        using var folder = new TempFolder();
        using var cache = EmbeddingCache.Open(Path.Combine(folder.Path, "embeddings.db"));
        using var offline = new OfflineEmbeddingGenerator(ImageLimits.Default);
        using var generator = new WordsEmbeddingGenerator(new CachingEmbeddingGenerator(offline, cache));

        var before = Assert.Single(await generator.GenerateAsync([Sample("wildlife/moose.jpg", "moose")]));
        var after = Assert.Single(await generator.GenerateAsync([Sample("wildlife/moose.jpg", "elk")]));

        Assert.False(EmbeddingInput.IsCached(before));
        Assert.True(EmbeddingInput.IsCached(after));
        Assert.Equal(OfflineEmbeddingGenerator.ModelId, after.ModelId);
        Assert.NotEqual(before.Vector.ToArray(), after.Vector.ToArray());
        Assert.Equal(1, cache.Statistics().Entries);
    }

    [Fact]
    public async Task Texts_pass_through_in_their_places()
    {
        using var offline = new OfflineEmbeddingGenerator(ImageLimits.Default);
        AIContent[] contents = [new TextContent("windmill"), Sample("food/pan.png", "pan"), new TextContent("red")];

        var mixed = await _words.GenerateAsync(contents);
        var plain = await offline.GenerateAsync(contents);

        Assert.Equal(plain[0].Vector.ToArray(), mixed[0].Vector.ToArray());
        Assert.NotEqual(plain[1].Vector.ToArray(), mixed[1].Vector.ToArray());
        Assert.Equal(plain[2].Vector.ToArray(), mixed[2].Vector.ToArray());
    }

    private static DataContent Sample(string path, string? words) => EmbeddingInput.Picture(DataSamples.Read(path), "image/*", words);

    private async Task<float[]> EmbedAsync(AIContent content) => Assert.Single(await _words.GenerateAsync([content])).Vector.ToArray();
}
