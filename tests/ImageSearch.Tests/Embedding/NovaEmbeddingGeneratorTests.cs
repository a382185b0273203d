using System.Numerics.Tensors;
using System.Text.Json;
using ImageSearch.Embedding;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

[Collection(AwsEnvironment.Collection)]
public sealed class NovaEmbeddingGeneratorTests : IDisposable
{
    private static readonly byte[] OnePixelPng = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly AwsEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(1024)]
    [InlineData(3072)]
    public async Task Texts_and_pictures_become_unit_vectors_of_the_dimension_asked_for_in_their_order(int dimension)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server, new() { Dimension = dimension });

        var embeddings = await nova.GenerateAsync([new TextContent("a"), EmbeddingInput.Picture(OnePixelPng, "image/png"), new TextContent("b")]);

        Assert.All(embeddings, embedding => Assert.Equal(dimension, embedding.Vector.Length));
        Assert.All(embeddings, embedding => Assert.Equal(1, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5));
        var again = await nova.GenerateAsync([new TextContent("b")]);
        Assert.Equal(again[0].Vector.ToArray(), embeddings[2].Vector.ToArray());
        Assert.Equal(2, embeddings.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task A_document_is_embedded_for_the_index_and_a_query_for_the_retrieval_of_pictures()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server);
        AIContent[] picture = [EmbeddingInput.Picture(OnePixelPng, "image/png")];

        var document = await nova.GenerateAsync(picture, EmbeddingInput.For(EmbeddingRole.Document));
        var query = await nova.GenerateAsync(picture, EmbeddingInput.For(EmbeddingRole.Query));

        Assert.Equal(["GENERIC_INDEX", "IMAGE_RETRIEVAL"], server.Calls.Select(call => Sent(call).GetProperty("embeddingPurpose").GetString()));
        Assert.NotEqual(document[0].Vector.ToArray(), query[0].Vector.ToArray());
        Assert.Equal(OnePixelPng, Sent(server.Calls[0]).GetProperty("image").GetProperty("source").GetProperty("bytes").GetBytesFromBase64());
    }

    [Theory]
    [InlineData("the quick brown fox ", 1000)]
    [InlineData("😀", 8000)]
    public async Task A_text_of_more_characters_than_the_model_takes_is_cut_and_the_embedding_says_so(string piece, int times)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server);
        var text = string.Concat(Enumerable.Repeat(piece, times));

        var embedding = Assert.Single(await nova.GenerateAsync([new TextContent(text)]));

        var sent = Sent(Assert.Single(server.Calls)).GetProperty("text").GetProperty("value").GetString()!;
        Assert.Equal(sent, EmbeddingInput.CutTextOf(embedding));
        Assert.StartsWith(sent, text);
        Assert.InRange(sent.Length, 8000, 8192);
    }

    [Fact]
    public async Task A_text_that_the_model_cut_by_its_tokens_says_so_too()
    {
        await using var server = await FakeBedrock.StartAsync(new() { NovaMaxTokens = 10 });
        using var nova = Nova(server);

        var embedding = Assert.Single(await nova.GenerateAsync([new TextContent(new string('花', 50))]));

        Assert.Equal(new string('花', 10), EmbeddingInput.CutTextOf(embedding));
    }

    [Fact]
    public async Task A_text_that_fits_is_not_marked()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server);

        Assert.Null(EmbeddingInput.CutTextOf(Assert.Single(await nova.GenerateAsync([new TextContent("a red flower on grass")]))));
    }

    [Theory]
    [InlineData("""{"embeddings":[{"embeddingType":"TEXT","embedding":[0.1,0.2]}]}""", EmbeddingFault.UnusableAnswer, "2 numbers where 256")]
    [InlineData("""{"embeddings":[{"embeddingType":"TEXT"}]}""", EmbeddingFault.UnusableAnswer, "0 numbers where 256")]
    [InlineData("""{"embeddings":[null]}""", EmbeddingFault.UnusableAnswer, "0 numbers where 256")]
    [InlineData("""{"embeddings":[{"embedding":[0.1]},{"embedding":[0.1]}]}""", EmbeddingFault.UnusableAnswer, "2 vectors where 1")]
    [InlineData("""{"embeddings":[]}""", EmbeddingFault.UnusableAnswer, "0 vectors where 1")]
    [InlineData("{}", EmbeddingFault.UnusableAnswer, "0 vectors where 1")]
    [InlineData("""{"embeddings":[{"embedding":["a"]}]}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"embeddings":[{"embedding":[NaN]}]}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("null", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("<html>", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"message":"The image is not allowed."}""", EmbeddingFault.InputRejected, "The image is not allowed.")]
    public async Task An_answer_with_status_200_that_is_no_embedding_is_an_error(string body, EmbeddingFault fault, string words)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server, new() { Dimension = 256 });
        server.Inject(new BedrockFault.Answer(200, "application/json", body));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => nova.GenerateAsync([new TextContent("x")]));

        Assert.Equal(fault, exception.Fault);
        Assert.Contains(words, exception.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1e999")]
    public async Task A_vector_without_direction_is_an_error(string number)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server, new() { Dimension = 256 });
        var numbers = string.Join(',', Enumerable.Repeat(number, 256));
        server.Inject(new BedrockFault.Answer(200, "application/json", $$"""{"embeddings":[{"embedding":[{{numbers}}]}]}"""));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => nova.GenerateAsync([new TextContent("x")]));

        Assert.Equal(EmbeddingFault.UnusableAnswer, exception.Fault);
        Assert.Contains("no direction", exception.Message);
    }

    [Fact]
    public async Task An_answer_cut_at_any_of_its_bytes_is_never_taken_for_a_vector()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server, new() { Dimension = 256 });
        var numbers = string.Join(',', Enumerable.Repeat("0.125", 256));
        var whole = $$"""{"embeddings":[{"embeddingType":"TEXT","embedding":[{{numbers}}]}]}""";

        for (var bytes = 0; bytes < whole.Length; bytes += 1 + (bytes / 40))
        {
            server.Inject(new BedrockFault.Answer(200, "application/json", whole[..bytes]));

            var exception = await Assert.ThrowsAsync<EmbeddingException>(() => nova.GenerateAsync([new TextContent("x")]));

            Assert.Equal((EmbeddingFault.UnusableAnswer, true), (exception.Fault, exception.IsTransient));
        }

        server.Inject(new BedrockFault.Answer(200, "application/json", whole));
        Assert.Single(await nova.GenerateAsync([new TextContent("x")]));
    }

    [Theory]
    [InlineData("ThrottlingException", "Too many tokens per day, please wait before trying again.", EmbeddingFault.QuotaExhausted)]
    [InlineData("AccessDeniedException", "You don't have access to the model with the specified model ID.", EmbeddingFault.AccessRefused)]
    [InlineData("ValidationException", "Invalid image", EmbeddingFault.InputRejected)]
    public async Task A_refusal_says_what_it_means(string type, string text, EmbeddingFault fault)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server);
        server.Inject(new BedrockFault.Error(type, text) { Times = 3 });

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => nova.GenerateAsync([new TextContent("x")]));

        Assert.Equal(fault, exception.Fault);
        Assert.Contains(text, exception.Message);
    }

    [Fact]
    public async Task An_unknown_model_is_an_error_that_names_the_replacement()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server, new() { ModelId = "amazon.nova-embed-multimodal-v1:0" });

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => nova.GenerateAsync([new TextContent("x")]));

        Assert.Equal(EmbeddingFault.ModelUnavailable, exception.Fault);
        Assert.Contains("Set the model id to amazon.nova-2-multimodal-embeddings-v1:0.", exception.Message);
    }

    [Fact]
    public async Task In_a_region_without_the_model_the_error_names_one_that_has_it()
    {
        await using var server = await FakeBedrock.StartAsync(new() { Region = "eu-west-1" });
        var config = TestClient.Config(server.Http1);
        config.AuthenticationRegion = "eu-west-1";
        using var nova = new NovaEmbeddingGenerator(new(TestClient.Credentials, config), new NovaOptions());

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => nova.GenerateAsync([new TextContent("x")]));

        Assert.Equal(EmbeddingFault.ModelUnavailable, exception.Fault);
        Assert.Contains("us-east-1", exception.Message);
    }

    [Fact]
    public async Task What_the_model_does_not_take_is_refused_before_any_call()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var nova = Nova(server);

        await Assert.ThrowsAsync<ArgumentException>(() => nova.GenerateAsync([new TextContent(" ")]));
        await Assert.ThrowsAsync<ArgumentException>(() => nova.GenerateAsync([new FunctionCallContent("1", "f")]));
        await Assert.ThrowsAsync<ArgumentException>(() => nova.GenerateAsync([EmbeddingInput.Picture(OnePixelPng, "image/tiff")]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => nova.GenerateAsync([new TextContent("x")], new() { Dimensions = 512 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nova(server, new() { Dimension = 1536 }));
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
        using var nova = new NovaEmbeddingGenerator(new NovaOptions());

        Assert.Single(await nova.GenerateAsync([new TextContent("x")]));
        var metadata = (EmbeddingGeneratorMetadata?)nova.GetService(typeof(EmbeddingGeneratorMetadata));
        Assert.Equal(("amazon.nova-2-multimodal-embeddings-v1:0", 1024), (metadata?.DefaultModelId, metadata?.DefaultModelDimensions));
    }

    private static NovaEmbeddingGenerator Nova(FakeBedrock server, NovaOptions? options = null) => new(TestClient.Of(server), options ?? new NovaOptions());

    private static JsonElement Sent(RecordedCall call) => JsonDocument.Parse(call.Body).RootElement.GetProperty("singleEmbeddingParams");
}
