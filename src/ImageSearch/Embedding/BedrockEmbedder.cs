using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>What the generators of Bedrock's embedding models share: the call, the checks of what comes back, and the words for what goes wrong.</summary>
internal sealed class BedrockEmbedder : IDisposable
{
    private readonly BedrockRuntimeClient _client;
    private readonly BedrockModel _model;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <param name="client">The wire; disposed with this.</param>
    /// <param name="model">The model.</param>
    /// <param name="modelId">The id to call it by where a call names no other.</param>
    /// <param name="dimension">Numbers in a vector where a call asks for no other.</param>
    public BedrockEmbedder(BedrockRuntimeClient client, BedrockModel model, string modelId, int dimension)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelId);
        model.CheckDimension(dimension);
        (_client, _model) = (client, model);
        _metadata = new EmbeddingGeneratorMetadata("aws.bedrock", null, modelId, dimension);
    }

    /// <summary>A client that finds region and credentials in the usual places of AWS.</summary>
    /// <exception cref="EmbeddingException">No region is known.</exception>
    public static BedrockRuntimeClient Connect(BedrockModel model, string modelId, TimeSpan timeout, bool retriesFailures)
    {
        try
        {
            return new BedrockRuntimeClient(new BedrockRuntimeConfig { Timeout = timeout, RetriesFailures = retriesFailures });
        }
        catch (BedrockException failure)
        {
            throw BedrockFailure.From(failure, model, modelId);
        }
    }

    /// <summary>Runs the calls of one batch, a bounded number at a time; the first failure ends them all.</summary>
    /// <param name="count">Contents in the batch.</param>
    /// <param name="calls">What each call is made of.</param>
    /// <param name="callsAtOnce">Most calls in flight.</param>
    /// <param name="call">Makes one call and puts its vectors into the batch; gives the tokens that it counted.</param>
    /// <param name="cancellationToken">Gives up all calls.</param>
    public static async Task<GeneratedEmbeddings<Embedding<float>>> RunAsync<TCall>(
        int count,
        IReadOnlyList<TCall> calls,
        int callsAtOnce,
        Func<TCall, Embedding<float>[], CancellationToken, Task<long>> call,
        CancellationToken cancellationToken)
    {
        var embeddings = new Embedding<float>[count];
        var tokens = 0L;
        if (calls is [var only])
        {
            tokens = await call(only, embeddings, cancellationToken);
        }
        else
        {
            await Parallel.ForEachAsync(
                calls,
                new ParallelOptions { MaxDegreeOfParallelism = callsAtOnce, CancellationToken = cancellationToken },
                async (next, stopping) => Interlocked.Add(ref tokens, await call(next, embeddings, stopping)));
        }

        return new GeneratedEmbeddings<Embedding<float>>(embeddings) { Usage = new UsageDetails { InputTokenCount = tokens } };
    }

    /// <summary>The content as one of the two things that these models take.</summary>
    /// <exception cref="ArgumentException">It is neither, or an empty text.</exception>
    public static (string? Text, DataContent? Picture) PartsOf(AIContent? content) => content switch
    {
        TextContent { Text: var text } when !string.IsNullOrWhiteSpace(text) => (text, null),
        TextContent => throw new ArgumentException("The text is empty.", nameof(content)),
        DataContent picture => (null, picture),
        _ => throw new ArgumentException($"A {content?.GetType().Name ?? "null"} is neither a text nor a picture.", nameof(content)),
    };

    /// <summary>The model's id and the dimension that a call asks for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is none of the model's.</exception>
    public (string ModelId, int Dimension) AskedBy(EmbeddingGenerationOptions? options)
    {
        var dimension = options?.Dimensions ?? _metadata.DefaultModelDimensions ?? 0;
        _model.CheckDimension(dimension);
        return (options?.ModelId ?? _metadata.DefaultModelId ?? _model.Id, dimension);
    }

    /// <summary>Calls the model once.</summary>
    /// <returns>Its answer, and the tokens that the service counted, where it says so.</returns>
    /// <exception cref="EmbeddingException">There is no answer, or it is not in the model's shape.</exception>
    public async Task<(TAnswer Answer, int? Tokens)> InvokeAsync<TRequest, TAnswer>(
        string modelId, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(request, requestType));
        try
        {
            var response = await _client.InvokeModelAsync(new InvokeModelRequest { ModelId = modelId, Body = body }, cancellationToken);
            return (Read(response, answerType, modelId), response.InputTokenCount);
        }
        catch (BedrockException failure)
        {
            throw BedrockFailure.From(failure, _model, modelId);
        }
    }

    /// <summary>A vector of the model, checked and made unit length.</summary>
    /// <exception cref="EmbeddingException">It is not as long as asked for, or has no direction.</exception>
    public static Embedding<float> Checked(string modelId, int dimension, float[]? vector)
    {
        if (vector?.Length != dimension)
        {
            throw Unusable($"{modelId} gave {vector?.Length ?? 0} numbers where {dimension} were asked for.");
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(length) || length < 1e-6f)
        {
            throw Unusable($"{modelId} gave a vector of the length {length}, which has no direction.");
        }

        TensorPrimitives.Divide(vector, length, vector);
        return new Embedding<float>(vector) { ModelId = modelId };
    }

    /// <summary>Takes a message in an answer for what it is: an error, also where the status is 200.</summary>
    /// <exception cref="EmbeddingException">There is one.</exception>
    public static void ThrowIfRefused(string modelId, string? message)
    {
        if (!string.IsNullOrEmpty(message))
        {
            throw new EmbeddingException(EmbeddingFault.InputRejected, $"{modelId} gave no embedding: {message}");
        }
    }

    /// <summary>Checks that there are as many vectors as contents.</summary>
    /// <exception cref="EmbeddingException">There are more or fewer.</exception>
    public static void ThrowIfMiscounted(string modelId, int expected, int actual)
    {
        if (actual != expected)
        {
            throw Unusable($"{modelId} gave {actual} vectors where {expected} were asked for.");
        }
    }

    /// <summary>Answers <see cref="IEmbeddingGenerator.GetService"/> for a generator of this model.</summary>
    public object? GetService(IEmbeddingGenerator generator, Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(generator) ? generator
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static TAnswer Read<TAnswer>(InvokeModelResponse response, JsonTypeInfo<TAnswer> answerType, string modelId)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Body, answerType) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException failure)
        {
            throw new EmbeddingException(
                EmbeddingFault.UnusableAnswer, $"The answer of {modelId} is no embedding, or was cut off (request {response.RequestId}).", failure)
            { IsTransient = true };
        }
    }

    private static EmbeddingException Unusable(string message) => new(EmbeddingFault.UnusableAnswer, message);
}
