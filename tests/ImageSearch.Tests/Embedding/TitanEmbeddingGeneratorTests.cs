using System.Numerics.Tensors;
using System.Text.Json;
using ImageSearch.Embedding;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

[Collection(AwsEnvironment.Collection)]
public sealed class TitanEmbeddingGeneratorTests : IDisposable
{
    private static readonly byte[] OnePixelPng = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly AwsEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(1024)]
    public async Task Texts_and_pictures_become_unit_vectors_of_the_dimension_asked_for_in_their_order(int dimension)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server, new() { Dimension = dimension });

        var embeddings = await titan.GenerateAsync([new TextContent("a"), EmbeddingInput.Picture(OnePixelPng, "image/png"), new TextContent("b")]);

        Assert.All(embeddings, embedding => Assert.Equal(dimension, embedding.Vector.Length));
        Assert.All(embeddings, embedding => Assert.Equal(1, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5));
        var again = await titan.GenerateAsync([new TextContent("b")]);
        Assert.Equal(again[0].Vector.ToArray(), embeddings[2].Vector.ToArray());
        Assert.Equal(2, embeddings.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task The_words_of_a_picture_are_left_out_unless_they_are_joined()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var alone = Titan(server);
        using var joined = Titan(server, new() { Words = TitanWords.Joined });
        var picture = EmbeddingInput.Picture(OnePixelPng, "image/png", "red flower");

        await alone.GenerateAsync([picture]);
        await joined.GenerateAsync([picture]);

        Assert.Equal([null, "red flower"], server.Calls.Select(TextSent));
        Assert.All(server.Calls, call => Assert.Equal(OnePixelPng, Sent(call).GetProperty("inputImage").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData("the quick brown fox ", 200)]
    [InlineData("花", 500)]
    [InlineData("😀", 500)]
    [InlineData("incomprehensibilities", 100)]
    public async Task A_text_that_is_too_long_is_cut_and_the_embedding_says_so(string piece, int times)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server);
        var text = string.Concat(Enumerable.Repeat(piece, times));

        var embedding = Assert.Single(await titan.GenerateAsync([new TextContent(text)]));

        var sent = TextSent(Assert.Single(server.Calls));
        Assert.Equal(sent, EmbeddingInput.CutTextOf(embedding));
        Assert.StartsWith(sent!, text);
        Assert.True(sent!.Length > 100);
        Assert.False(char.IsHighSurrogate(sent[^1]));
    }

    [Fact]
    public async Task A_text_that_fits_is_sent_whole_and_not_marked()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server);

        var embedding = Assert.Single(await titan.GenerateAsync([new TextContent("a red flower on grass")]));

        Assert.Null(EmbeddingInput.CutTextOf(embedding));
        Assert.Equal("a red flower on grass", TextSent(server.Calls[0]));
    }

    [Fact]
    public async Task A_text_that_the_model_still_finds_too_long_is_halved_until_it_fits()
    {
        await using var server = await FakeBedrock.StartAsync(new() { TitanMaxTokens = 20 });
        using var titan = Titan(server);
        var text = string.Concat(Enumerable.Repeat("word ", 60)).Trim();

        var embedding = Assert.Single(await titan.GenerateAsync([new TextContent(text)]));

        Assert.Equal(3, server.Calls.Count);
        Assert.Equal(string.Concat(Enumerable.Repeat("word ", 15)).Trim(), EmbeddingInput.CutTextOf(embedding));
    }

    [Theory]
    [InlineData("""{"embedding":[0.1,0.2],"inputTextTokenCount":1,"message":null}""", EmbeddingFault.UnusableAnswer, "2 numbers where 256")]
    [InlineData("""{"inputTextTokenCount":1}""", EmbeddingFault.UnusableAnswer, "0 numbers where 256")]
    [InlineData("""{"embedding":["a"]}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"embedding":[NaN]}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("null", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("<html>", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"embedding":null,"message":"The image is not allowed."}""", EmbeddingFault.InputRejected, "The image is not allowed.")]
    public async Task An_answer_with_status_200_that_is_no_embedding_is_an_error(string body, EmbeddingFault fault, string words)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server, new() { Dimension = 256 });
        server.Inject(new BedrockFault.Answer(200, "application/json", body));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => titan.GenerateAsync([new TextContent("x")]));

        Assert.Equal(fault, exception.Fault);
        Assert.Contains(words, exception.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1e999")]
    public async Task A_vector_without_direction_is_an_error(string number)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server, new() { Dimension = 256 });
        var numbers = string.Join(',', Enumerable.Repeat(number, 256));
        server.Inject(new BedrockFault.Answer(200, "application/json", $$"""{"embedding":[{{numbers}}]}"""));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => titan.GenerateAsync([new TextContent("x")]));

        Assert.Equal(EmbeddingFault.UnusableAnswer, exception.Fault);
        Assert.Contains("no direction", exception.Message);
    }

    [Fact]
    public async Task An_answer_cut_at_any_of_its_bytes_is_never_taken_for_a_vector()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server, new() { Dimension = 256 });
        var whole = await WholeAnswerAsync(server);

        for (var bytes = 0; bytes < whole.Length; bytes += 1 + (bytes / 40))
        {
            server.Inject(new BedrockFault.Answer(200, "application/json", whole[..bytes]));

            var exception = await Assert.ThrowsAsync<EmbeddingException>(() => titan.GenerateAsync([new TextContent("x")]));

            Assert.Equal((EmbeddingFault.UnusableAnswer, true), (exception.Fault, exception.IsTransient));
        }
    }

    [Theory]
    [InlineData("ThrottlingException", "Too many requests, please wait before trying again.", EmbeddingFault.Throttled, true)]
    [InlineData("ThrottlingException", "Too many tokens per day, please wait before trying again.", EmbeddingFault.QuotaExhausted, false)]
    [InlineData("ServiceQuotaExceededException", "quota", EmbeddingFault.QuotaExhausted, false)]
    [InlineData("AccessDeniedException", "You don't have access to the model with the specified model ID.", EmbeddingFault.AccessRefused, false)]
    [InlineData("ExpiredTokenException", "The security token included in the request is expired", EmbeddingFault.AccessRefused, false)]
    [InlineData("ValidationException", "Invalid input image", EmbeddingFault.InputRejected, false)]
    [InlineData("ServiceUnavailableException", "busy", EmbeddingFault.ProviderFailed, true)]
    [InlineData("ModelTimeoutException", "slow", EmbeddingFault.ProviderFailed, true)]
    public async Task A_refusal_says_what_it_means_and_whether_to_try_again(string type, string text, EmbeddingFault fault, bool isTransient)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server);
        server.Inject(new BedrockFault.Error(type, text, RetryAfter: "3") { Times = 3 });

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => titan.GenerateAsync([new TextContent("x")]));

        Assert.Equal((fault, isTransient, TimeSpan.FromSeconds(3)), (exception.Fault, exception.IsTransient, exception.RetryAfter));
        Assert.Contains(text, exception.Message);
    }

    [Fact]
    public async Task One_input_without_an_embedding_fails_the_whole_call()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server, new() { CallsAtOnce = 2 });
        server.Inject(new BedrockFault.Error("ValidationException", "Invalid input"));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => titan.GenerateAsync(Enumerable.Range(0, 8).Select(i => new TextContent($"text {i}"))));

        Assert.Equal(EmbeddingFault.InputRejected, exception.Fault);
    }

    [Theory]
    [InlineData("amazon.titan-image-generator-v2:0")]
    [InlineData("amazon.titan-embed-g1-text-02")]
    [InlineData("anthropic.claude-haiku-4-5-20251001-v1:0")]
    public async Task A_retired_or_unknown_model_is_an_error_that_names_the_replacement(string modelId)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server, new() { ModelId = modelId });

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => titan.GenerateAsync([new TextContent("x")]));

        Assert.Equal(EmbeddingFault.ModelUnavailable, exception.Fault);
        Assert.Contains(modelId, exception.Message);
        Assert.Contains("amazon.titan-embed-image-v1", exception.Message);
    }

    [Fact]
    public void Without_a_region_the_error_names_the_variable()
    {
        var exception = Assert.Throws<EmbeddingException>(() => new TitanEmbeddingGenerator(new TitanOptions()));

        Assert.Equal(EmbeddingFault.AccessRefused, exception.Fault);
        Assert.Contains("AWS_REGION", exception.Message);
    }

    [Fact]
    public async Task What_the_model_does_not_take_is_refused_before_any_call()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var titan = Titan(server);

        await Assert.ThrowsAsync<ArgumentException>(() => titan.GenerateAsync([new TextContent(" ")]));
        await Assert.ThrowsAsync<ArgumentException>(() => titan.GenerateAsync([new FunctionCallContent("1", "f")]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => titan.GenerateAsync([new TextContent("x")], new() { Dimensions = 512 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Titan(server, new() { Dimension = 3072 }));
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Environment_variables_alone_are_enough()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = new AwsEnvironment(
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "AKIDFAKEBEDROCK"),
            ("AWS_SECRET_ACCESS_KEY", "fake-secret"),
            ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.Http1.ToString()));
        using var titan = new TitanEmbeddingGenerator(new TitanOptions());

        Assert.Single(await titan.GenerateAsync([new TextContent("x")]));
        var metadata = (EmbeddingGeneratorMetadata?)titan.GetService(typeof(EmbeddingGeneratorMetadata));
        Assert.Equal(("amazon.titan-embed-image-v1", 1024), (metadata?.DefaultModelId, metadata?.DefaultModelDimensions));
    }

    private static TitanEmbeddingGenerator Titan(FakeBedrock server, TitanOptions? options = null) => new(TestClient.Of(server), options ?? new TitanOptions());

    private static JsonElement Sent(RecordedCall call) => JsonDocument.Parse(call.Body).RootElement;

    private static string? TextSent(RecordedCall call) => Sent(call).TryGetProperty("inputText", out var text) ? text.GetString() : null;

    private static async Task<string> WholeAnswerAsync(FakeBedrock server)
    {
        using var client = TestClient.Of(server);
        var request = TestClient.Embed("x");
        request.Body = new MemoryStream("""{"inputText":"x","embeddingConfig":{"outputEmbeddingLength":256}}"""u8.ToArray());
        using var reader = new StreamReader((await client.InvokeModelAsync(request, default)).Body);
        return await reader.ReadToEndAsync();
    }
}
