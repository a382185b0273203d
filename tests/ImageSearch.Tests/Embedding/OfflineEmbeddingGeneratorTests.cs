using System.Numerics.Tensors;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Offline;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class OfflineEmbeddingGeneratorTests : IDisposable
{
    private readonly OfflineEmbeddingGenerator _offline = new(ImageLimits.Default);

    public void Dispose() => _offline.Dispose();

    [Theory]
    [InlineData("red flower on grass")]
    [InlineData("red")]
    [InlineData("the invoice of the dentist")]
    [InlineData("photos")]
    [InlineData("🍎")]
    [InlineData("東京タワー")]
    [InlineData("?!")]
    public async Task Every_text_has_a_finite_vector_of_length_one(string text) => AssertUnit(await EmbedAsync(new TextContent(text)));

    [Theory]
    [InlineData("travel/windmill.jpg")]
    [InlineData("drawings/lighthouse.png")]
    [InlineData("drawings/tulips.gif")]
    [InlineData("pets/goldfish.webp")]
    [InlineData("museum/coins.tif")]
    public async Task Every_picture_has_a_finite_vector_of_length_one_and_no_words(string path)
    {
        var vector = await EmbedAsync(Sample(path));

        AssertUnit(vector);
        Assert.All(vector[VisualLayout.Dimension..], number => Assert.Equal(0, number));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 400)]
    [InlineData(2, 2)]
    [InlineData(64, 64)]
    public void A_picture_of_one_colour_and_any_size_has_a_vector_of_length_one(int width, int height)
    {
        var pixels = new ImagePixels(width, height, Enumerable.Repeat((byte)128, 3 * width * height).ToArray());

        AssertUnit(OfflineVector.OfPicture(VisualPart.OfPicture(pixels)));
    }

    [Fact]
    public async Task The_same_input_has_the_same_vector()
    {
        AIContent[] contents = [Sample("wildlife/moose.jpg"), new TextContent("dark blue sea")];

        var first = await _offline.GenerateAsync(contents);
        var second = await new OfflineEmbeddingGenerator(ImageLimits.Default).GenerateAsync(contents);

        Assert.Equal(first.Select(embedding => embedding.Vector.ToArray()), second.Select(embedding => embedding.Vector.ToArray()));
    }

    [Fact]
    public async Task A_batch_keeps_the_order()
    {
        string[] paths = ["space/rocket.jpg", "food/pan.png", "drawings/rose.webp", "textures/brick.png"];

        var batch = await _offline.GenerateAsync(paths.Select(Sample));

        for (var at = 0; at < paths.Length; at++)
        {
            Assert.Equal(await EmbedAsync(Sample(paths[at])), batch[at].Vector.ToArray());
        }
    }

    [Fact]
    public async Task A_small_copy_of_a_picture_is_nearer_than_any_other_picture()
    {
        var query = await EmbedAsync(Sample("edited/chelsea-small.jpg"));

        var nearest = await RankAsync(query);

        Assert.Equal(["edited/chelsea-small.jpg", "pets/chelsea.jpg"], nearest.Take(2));
    }

    [Fact]
    public async Task A_picture_stored_sideways_looks_like_the_upright_one()
    {
        var windmill = ImageDecoder.Decode(DataSamples.Read("travel/windmill.jpg"), OfflineEmbeddingGenerator.DecodedSide, ImageLimits.Default);
        Assert.True(windmill.Height > windmill.Width);

        var query = await EmbedAsync(new TextContent("blue sky"));

        Assert.Contains("travel/windmill.jpg", (await RankAsync(query)).Take(4));
    }

    [Theory]
    [InlineData("snow under a blue sky", "travel/IMG_2034.jpg")]
    [InlineData("stars", "space/hubble-deep-field.jpg")]
    [InlineData("black and white", "textures/brick.png")]
    [InlineData("green meadow", "nature/DSC00417.jpg")]
    public async Task Words_for_colours_and_scenes_find_pictures_by_looks_alone(string text, string expected)
    {
        var query = await EmbedAsync(new TextContent(text));

        Assert.Contains(expected, (await RankAsync(query)).Take(5));
    }

    [Fact]
    public async Task A_refused_picture_is_refused_with_its_reason()
    {
        var refused = await Assert.ThrowsAsync<ImageFormatException>(() => EmbedAsync(Sample("travel/hungary/IMG_2035.jpg")));

        Assert.Equal(ImageRefusal.Truncated, refused.Refusal);
    }

    [Fact]
    public async Task What_is_neither_a_text_nor_a_picture_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => EmbedAsync(new TextContent(" ")));
        await Assert.ThrowsAsync<ArgumentException>(() => EmbedAsync(new UriContent("https://example.com/a.jpg", "image/jpeg")));
        var refused = await Assert.ThrowsAsync<ImageFormatException>(() => EmbedAsync(EmbeddingInput.Picture("plain text"u8.ToArray(), "image/png")));
        Assert.Equal(ImageRefusal.UnknownFormat, refused.Refusal);
    }

    [Fact]
    public async Task Another_model_or_dimension_is_refused()
    {
        AIContent[] contents = [new TextContent("red")];

        await Assert.ThrowsAsync<ArgumentException>(() => _offline.GenerateAsync(contents, new EmbeddingGenerationOptions { Dimensions = 256 }));
        await Assert.ThrowsAsync<ArgumentException>(() => _offline.GenerateAsync(contents, new EmbeddingGenerationOptions { ModelId = "titan" }));
    }

    [Fact]
    public void It_says_what_it_is()
    {
        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(_offline.GetService(typeof(EmbeddingGeneratorMetadata)));

        Assert.Equal(("offline", "offline-1", 1024), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public async Task A_cancelled_call_ends_with_cancellation() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => _offline.GenerateAsync([Sample("wildlife/moose.jpg")], cancellationToken: new CancellationToken(canceled: true)));

    private static DataContent Sample(string path) => EmbeddingInput.Picture(DataSamples.Read(path), "image/*");

    private static void AssertUnit(float[] vector)
    {
        Assert.Equal(1024, vector.Length);
        Assert.True(TensorPrimitives.IsFiniteAll<float>(vector));
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-5);
    }

    private async Task<float[]> EmbedAsync(AIContent content) => Assert.Single(await _offline.GenerateAsync([content])).Vector.ToArray();

    private async Task<IReadOnlyList<string>> RankAsync(float[] query)
    {
        var paths = Directory.EnumerateFiles(DataSamples.Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is not (".md" or ".tsv") && !path.EndsWith("IMG_2035.jpg", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(DataSamples.Folder, path))
            .ToArray();
        var embeddings = await _offline.GenerateAsync(paths.Select(Sample));
        return [.. paths.Zip(embeddings).OrderByDescending(pair => TensorPrimitives.Dot(query, pair.Second.Vector.Span)).Select(pair => pair.First)];
    }
}
