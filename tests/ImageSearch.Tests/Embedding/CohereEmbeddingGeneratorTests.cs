using System.Numerics.Tensors;
using System.Text.Json;
using ImageSearch.Embedding;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Embedding;

[Collection(AwsEnvironment.Collection)]
public sealed class CohereEmbeddingGeneratorTests : IDisposable
{
    private static readonly byte[] OnePixelPng = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly AwsEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(1536)]
    public async Task Texts_and_pictures_become_unit_vectors_of_the_dimension_asked_for_in_their_order(int dimension)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { Dimension = dimension });

        var embeddings = await cohere.GenerateAsync([new TextContent("a"), EmbeddingInput.Picture(OnePixelPng, "image/png"), new TextContent("b")]);

        Assert.All(embeddings, embedding => Assert.Equal(dimension, embedding.Vector.Length));
        Assert.All(embeddings, embedding => Assert.Equal(1, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5));
        Assert.Equal(2, server.Calls.Count);
        Assert.Equal(2, embeddings.Usage?.InputTokenCount);
        var again = await cohere.GenerateAsync([new TextContent("b")]);
        Assert.Equal(again[0].Vector.ToArray(), embeddings[2].Vector.ToArray());
        var picture = await cohere.GenerateAsync([EmbeddingInput.Picture(OnePixelPng, "image/png")]);
        Assert.Equal(picture[0].Vector.ToArray(), embeddings[1].Vector.ToArray());
    }

    [Fact]
    public async Task A_document_and_a_query_are_told_apart()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server);
        AIContent[] picture = [EmbeddingInput.Picture(OnePixelPng, "image/png")];

        var document = await cohere.GenerateAsync(picture, EmbeddingInput.For(EmbeddingRole.Document));
        var query = await cohere.GenerateAsync(picture, EmbeddingInput.For(EmbeddingRole.Query));

        Assert.Equal(["search_document", "search_query"], server.Calls.Select(call => Sent(call).GetProperty("input_type").GetString()));
        Assert.NotEqual(document[0].Vector.ToArray(), query[0].Vector.ToArray());
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(OnePixelPng)}", Sent(server.Calls[0]).GetProperty("images")[0].GetString());
    }

    [Theory]
    [InlineData(96, new[] { 96 })]
    [InlineData(97, new[] { 96, 1 })]
    [InlineData(200, new[] { 96, 96, 8 })]
    public async Task As_many_inputs_as_the_model_takes_go_into_one_call(int texts, int[] calls)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { CallsAtOnce = 1 });

        var embeddings = await cohere.GenerateAsync(Enumerable.Range(0, texts).Select(i => new TextContent($"text {i}")));

        Assert.Equal(texts, embeddings.Select(embedding => embedding.Vector.Span[0]).Distinct().Count());
        Assert.Equal(calls, server.Calls.Select(call => Sent(call).GetProperty("texts").GetArrayLength()));
    }

    [Fact]
    public async Task Pictures_of_too_many_bytes_together_go_into_several_calls()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { CallsAtOnce = 1 });
        byte[] large = [.. OnePixelPng, .. new byte[3_000_000]];

        var embeddings = await cohere.GenerateAsync(Enumerable.Repeat(EmbeddingInput.Picture(large, "image/png"), 6));

        Assert.Equal(6, embeddings.Count);
        Assert.Equal([4, 2], server.Calls.Select(call => Sent(call).GetProperty("images").GetArrayLength()));
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_cut_and_only_its_embedding_says_so()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server);
        var text = string.Concat(Enumerable.Repeat("花の", 30_000));

        var embeddings = await cohere.GenerateAsync([new TextContent("short"), new TextContent(text)]);

        var sent = Sent(Assert.Single(server.Calls)).GetProperty("texts")[1].GetString()!;
        Assert.Equal([null, sent], embeddings.Select(EmbeddingInput.CutTextOf));
        Assert.StartsWith(sent, text);
        Assert.Equal(40_000, sent.Length);
    }

    [Theory]
    [InlineData("""{"embeddings":{"float":[[0.1,0.2],[0.1,0.2]]}}""", EmbeddingFault.UnusableAnswer, "2 numbers where 256")]
    [InlineData("""{"embeddings":{"float":[null,[0.1]]}}""", EmbeddingFault.UnusableAnswer, "0 numbers where 256")]
    [InlineData("""{"embeddings":{"float":[[0.1]]}}""", EmbeddingFault.UnusableAnswer, "1 vectors where 2")]
    [InlineData("""{"embeddings":{"float":[[0.1],[0.1],[0.1]]}}""", EmbeddingFault.UnusableAnswer, "3 vectors where 2")]
    [InlineData("""{"embeddings":{"int8":[[1],[1]]}}""", EmbeddingFault.UnusableAnswer, "0 vectors where 2")]
    [InlineData("""{"embeddings":[[0.1],[0.1]]}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"embeddings":{"float":[["a"],["b"]]}}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"embeddings":{"float":[[NaN],[NaN]]}}""", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("null", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("<html>", EmbeddingFault.UnusableAnswer, "no embedding")]
    [InlineData("""{"message":"invalid image"}""", EmbeddingFault.InputRejected, "invalid image")]
    public async Task An_answer_with_status_200_that_is_no_embedding_is_an_error(string body, EmbeddingFault fault, string words)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { Dimension = 256 });
        server.Inject(new BedrockFault.Answer(200, "application/json", body));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => cohere.GenerateAsync([new TextContent("x"), new TextContent("y")]));

        Assert.Equal(fault, exception.Fault);
        Assert.Contains(words, exception.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1e999")]
    public async Task One_vector_without_direction_fails_the_call(string number)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { Dimension = 256 });
        var (good, bad) = (Numbers("0.5"), Numbers(number));
        server.Inject(new BedrockFault.Answer(200, "application/json", "{\"embeddings\":{\"float\":[[" + good + "],[" + bad + "]]}}"));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => cohere.GenerateAsync([new TextContent("x"), new TextContent("y")]));

        Assert.Equal(EmbeddingFault.UnusableAnswer, exception.Fault);
        Assert.Contains("no direction", exception.Message);
    }

    [Fact]
    public async Task An_answer_cut_at_any_of_its_bytes_is_never_taken_for_a_vector()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { Dimension = 256 });
        var whole = """{"id":"1","embeddings":{"float":[[""" + Numbers("0.125") + """]]},"response_type":"embeddings_by_type"}""";

        for (var bytes = 0; bytes < whole.Length; bytes += 1 + (bytes / 40))
        {
            server.Inject(new BedrockFault.Answer(200, "application/json", whole[..bytes]));

            var exception = await Assert.ThrowsAsync<EmbeddingException>(() => cohere.GenerateAsync([new TextContent("x")]));

            Assert.Equal((EmbeddingFault.UnusableAnswer, true), (exception.Fault, exception.IsTransient));
        }

        server.Inject(new BedrockFault.Answer(200, "application/json", whole));
        Assert.Single(await cohere.GenerateAsync([new TextContent("x")]));
    }

    [Fact]
    public async Task A_picture_that_the_model_refuses_fails_the_call_and_says_so()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server);

        var exception = await Assert.ThrowsAsync<EmbeddingException>(
            () => cohere.GenerateAsync([EmbeddingInput.Picture(OnePixelPng, "image/png"), EmbeddingInput.Picture(OnePixelPng, "image/jpeg")]));

        Assert.Equal(EmbeddingFault.InputRejected, exception.Fault);
        Assert.Contains("index 1", exception.Message);
    }

    [Theory]
    [InlineData("cohere.embed-english-v2", "Set the model id to cohere.embed-v4:0.")]
    [InlineData("cohere.embed-v4:0", "us.cohere.embed-v4:0")]
    public async Task A_model_that_cannot_be_called_is_an_error_that_names_what_can(string modelId, string cure)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server, new() { ModelId = modelId });
        server.Inject(new BedrockFault.Error("ValidationException", $"Invocation of model ID {modelId} with on-demand throughput isn’t supported."));

        var exception = await Assert.ThrowsAsync<EmbeddingException>(() => cohere.GenerateAsync([new TextContent("x")]));

        Assert.Equal(EmbeddingFault.ModelUnavailable, exception.Fault);
        Assert.Contains(cure, exception.Message);
    }

    [Fact]
    public async Task What_the_model_does_not_take_is_refused_before_any_call()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var cohere = Cohere(server);

        await Assert.ThrowsAsync<ArgumentException>(() => cohere.GenerateAsync([new TextContent("")]));
        await Assert.ThrowsAsync<ArgumentException>(() => cohere.GenerateAsync([new FunctionCallContent("1", "f")]));
        await Assert.ThrowsAsync<ArgumentException>(() => cohere.GenerateAsync([EmbeddingInput.Picture(OnePixelPng, "image/tiff")]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cohere.GenerateAsync([new TextContent("x")], new() { Dimensions = 384 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cohere(server, new() { Dimension = 3072 }));
        Assert.Empty(await cohere.GenerateAsync([]));
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Environment_variables_alone_are_enough_also_with_an_inference_profile()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = new AwsEnvironment(
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "AKIDFAKEBEDROCK"),
            ("AWS_SECRET_ACCESS_KEY", "fake-secret"),
            ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.Http1.ToString()));
        using var cohere = new CohereEmbeddingGenerator(new CohereOptions { ModelId = "us.cohere.embed-v4:0" });

        Assert.Single(await cohere.GenerateAsync([new TextContent("x")]));
        var metadata = (EmbeddingGeneratorMetadata?)cohere.GetService(typeof(EmbeddingGeneratorMetadata));
        Assert.Equal(("us.cohere.embed-v4:0", 1024), (metadata?.DefaultModelId, metadata?.DefaultModelDimensions));
    }

    private static CohereEmbeddingGenerator Cohere(FakeBedrock server, CohereOptions? options = null) => new(TestClient.Of(server), options ?? new CohereOptions());

    private static JsonElement Sent(RecordedCall call) => JsonDocument.Parse(call.Body).RootElement;

    private static string Numbers(string number) => string.Join(',', Enumerable.Repeat(number, 256));
}
