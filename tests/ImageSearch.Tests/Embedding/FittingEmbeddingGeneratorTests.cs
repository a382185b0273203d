using System.Buffers.Binary;
using System.Text.Json;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

[Collection(AwsEnvironment.Collection)]
public sealed class FittingEmbeddingGeneratorTests : IDisposable
{
    private readonly AwsEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task A_picture_that_the_model_takes_is_sent_byte_for_byte()
    {
        var jpeg = Jpeg(64, 48);

        var (sent, _) = await SendAsync(jpeg);

        Assert.Equal(jpeg, sent);
    }

    [Theory]
    [InlineData(2048, false)]
    [InlineData(2049, true)]
    public async Task A_picture_over_the_pixel_limit_is_made_smaller_and_one_at_the_limit_is_not(int width, bool isFitted)
    {
        var jpeg = Jpeg(width, 16);

        var (sent, info) = await SendAsync(jpeg);

        Assert.Equal(isFitted, !sent.SequenceEqual(jpeg));
        Assert.Equal(2048, info.Width);
    }

    [Fact]
    public async Task A_format_that_the_model_does_not_take_becomes_a_jpeg()
    {
        var (_, info) = await SendAsync(Bitmap(40, 30));

        Assert.Equal((ImageFormat.Jpeg, 40, 30), (info.Format, info.Width, info.Height));
    }

    [Fact]
    public async Task A_picture_on_its_side_is_sent_upright()
    {
        var (sent, info) = await SendAsync(OnItsSide(Jpeg(64, 48)));

        Assert.Equal((48, 64, 1), (info.Width, info.Height, info.Orientation));
        Assert.NotEmpty(sent);
    }

    [Fact]
    public async Task A_picture_over_the_byte_limit_is_encoded_within_it()
    {
        var noise = Noise(300, 300);

        var (sent, _) = await SendAsync(noise, new FittingLimits { MaxBytes = 20_000 });

        Assert.True(noise.Length > 20_000);
        Assert.InRange(sent.Length, 1, 20_000);
    }

    [Fact]
    public async Task Bytes_that_are_no_picture_are_refused_before_any_call()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var fitting = Fitting(server, new FittingLimits());

        await Assert.ThrowsAsync<ImageFormatException>(() => fitting.GenerateAsync([EmbeddingInput.Picture(new byte[100], "image/jpeg")]));

        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task The_words_of_a_picture_stay_with_it_when_it_is_fitted()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = new TitanEmbeddingGenerator(TestClient.Of(server), new TitanOptions { Words = TitanWords.Joined });
        using var fitting = new FittingEmbeddingGenerator(titan, TitanEmbeddingGenerator.PictureLimits, ImageLimits.Default);

        await fitting.GenerateAsync([EmbeddingInput.Picture(Bitmap(40, 30), "image/bmp", "red flower")]);

        Assert.Equal("red flower", JsonDocument.Parse(server.Calls[0].Body).RootElement.GetProperty("inputText").GetString());
    }

    [Fact]
    public async Task With_meaningful_vectors_behind_the_service_words_find_their_picture()
    {
        using var offline = new OfflineEmbeddingGenerator(ImageLimits.Default);
        await using var server = await FakeBedrock.StartAsync(new()
        {
            Embed = async (content, _, stopping) => (await offline.GenerateAsync([content], cancellationToken: stopping))[0].Vector,
        });
        using var fitting = Fitting(server, TitanEmbeddingGenerator.PictureLimits);

        var found = await fitting.GenerateAsync([EmbeddingInput.Picture(Bitmap(64, 64, 0xD01010), "image/bmp"), EmbeddingInput.Picture(Bitmap(64, 64, 0x1020D0), "image/bmp")]);
        var query = await fitting.GenerateAsync([new TextContent("red")], EmbeddingInput.For(EmbeddingRole.Query));

        Assert.True(Cosine(query[0], found[0]) > Cosine(query[0], found[1]));
    }

    private static float Cosine(Embedding<float> left, Embedding<float> right) =>
        System.Numerics.Tensors.TensorPrimitives.Dot(left.Vector.Span, right.Vector.Span);

    private static async Task<(byte[] Sent, ImageInfo Info)> SendAsync(byte[] picture, FittingLimits? model = null)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var fitting = Fitting(server, model ?? TitanEmbeddingGenerator.PictureLimits);
        await fitting.GenerateAsync([EmbeddingInput.Picture(picture, "application/octet-stream")]);
        var sent = JsonDocument.Parse(Assert.Single(server.Calls).Body).RootElement.GetProperty("inputImage").GetBytesFromBase64();
        return (sent, ImageIdentifier.Identify(sent, ImageLimits.Default));
    }

    private static FittingEmbeddingGenerator Fitting(FakeBedrock server, FittingLimits model) =>
        new(new TitanEmbeddingGenerator(TestClient.Of(server), new TitanOptions()), model, ImageLimits.Default);

    private static byte[] Jpeg(int width, int height) =>
        ImageFitter.Fit(Bitmap(width, height), new FitOptions { MaxSide = 4096 }, ImageLimits.Default).Bytes.ToArray();

    private static byte[] Noise(int width, int height)
    {
        var bitmap = Bitmap(width, height);
        new Random(7).NextBytes(bitmap.AsSpan(54));
        return ImageFitter.Fit(bitmap, new FitOptions { Quality = 95 }, ImageLimits.Default).Bytes.ToArray();
    }

    // A 24-bit bitmap of one colour: the simplest file that a decoder takes.
    private static byte[] Bitmap(int width, int height, int rgb = 0x808080)
    {
        var stride = ((width * 3) + 3) / 4 * 4;
        var bytes = new byte[54 + (stride * height)];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        bytes[26] = 1;
        bytes[28] = 24;
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var at = 54 + (pixel / width * stride) + (pixel % width * 3);
            (bytes[at], bytes[at + 1], bytes[at + 2]) = ((byte)rgb, (byte)(rgb >> 8), (byte)(rgb >> 16));
        }

        return bytes;
    }

    // An EXIF segment, right after the start of the image, that says: the top row is the right side.
    private static byte[] OnItsSide(byte[] jpeg)
    {
        byte[] tiff = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }
}
