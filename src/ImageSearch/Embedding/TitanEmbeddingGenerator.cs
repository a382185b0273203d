using System.Numerics.Tensors;
using System.Text.Json;
using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Embeds texts and pictures with Amazon Titan Multimodal Embeddings on Amazon Bedrock: 256, 384 or 1,024 numbers, checked, and of unit
/// length. Texts and pictures share one space. Pictures must be JPEG or PNG within the model's limits: put a
/// <see cref="FittingEmbeddingGenerator"/> before it. Credentials and region come from the usual places of AWS. Safe for many threads.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/titan-multiemb-models.html"/>
public sealed class TitanEmbeddingGenerator : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    private const int MostHalvings = 4;

    private readonly BedrockRuntimeClient _client;
    private readonly TitanOptions _options;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>A generator with a client of its own.</summary>
    /// <param name="options">How to call the model.</param>
    /// <exception cref="EmbeddingException">No region is known.</exception>
    public TitanEmbeddingGenerator(TitanOptions options)
        : this(CreateClient(options), options)
    {
    }

    /// <summary>A generator that takes over <paramref name="client"/>.</summary>
    internal TitanEmbeddingGenerator(BedrockRuntimeClient client, TitanOptions options)
    {
        CheckDimension(options.Dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTextTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CallsAtOnce, 1);
        (_client, _options) = (client, options);
        _metadata = new EmbeddingGeneratorMetadata("aws.bedrock", null, options.ModelId, options.Dimension);
    }

    /// <summary>What pictures the model takes.</summary>
    public static FittingLimits PictureLimits { get; } = new();

    /// <summary>
    /// Embeds texts (<see cref="TextContent"/>) and encoded pictures (<see cref="DataContent"/>), in order, each with a call of its own. A
    /// text that is longer than the model takes is cut, and its embedding says so: <see cref="EmbeddingInput.CutTextOf"/>.
    /// </summary>
    /// <exception cref="EmbeddingException">The model gave no embedding of one of them; the whole call fails.</exception>
    /// <exception cref="ArgumentException">A text is empty, a content is neither text nor picture, or the dimension is none of the model's.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var model = options?.ModelId ?? _options.ModelId;
        var dimension = options?.Dimensions ?? _options.Dimension;
        CheckDimension(dimension);
        var requests = values.Select(content => RequestFor(content, dimension)).ToArray();
        var embeddings = new Embedding<float>[requests.Length];
        var tokens = new long[requests.Length];
        await Parallel.ForAsync(
            0,
            requests.Length,
            new ParallelOptions { MaxDegreeOfParallelism = _options.CallsAtOnce, CancellationToken = cancellationToken },
            async (at, stopping) => (embeddings[at], tokens[at]) = await EmbedAsync(requests[at], model, stopping));
        return new GeneratedEmbeddings<Embedding<float>>(embeddings) { Usage = new UsageDetails { InputTokenCount = tokens.Sum() } };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static BedrockRuntimeClient CreateClient(TitanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return new BedrockRuntimeClient(new BedrockRuntimeConfig { Timeout = options.Timeout, RetriesFailures = options.RetriesFailures });
        }
        catch (BedrockException failure)
        {
            throw TitanFailure.From(failure, options.ModelId);
        }
    }

    private static void CheckDimension(int dimension)
    {
        if (dimension is not (256 or 384 or 1024))
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Titan makes vectors of 256, 384 or 1024 numbers.");
        }
    }

    private TitanInput RequestFor(AIContent content, int dimension)
    {
        var (text, picture) = content switch
        {
            TextContent { Text: var words } when !string.IsNullOrWhiteSpace(words) => (words, (ReadOnlyMemory<byte>?)null),
            TextContent => throw new ArgumentException("The text is empty.", nameof(content)),
            DataContent data => (_options.Words == TitanWords.Joined ? EmbeddingInput.WordsOf(data) : null, data.Data),
            _ => throw new ArgumentException($"A {content?.GetType().Name ?? "null"} is neither a text nor a picture.", nameof(content)),
        };
        var used = text is null ? null : TitanText.Cut(text, _options.MaxTextTokens);
        return new TitanInput(new TitanRequest(used, picture, new TitanEmbeddingConfig(dimension)), IsCut: used != text);
    }

    private async Task<(Embedding<float> Embedding, long Tokens)> EmbedAsync(TitanInput input, string model, CancellationToken cancellationToken)
    {
        for (var halvings = 0; ; halvings++)
        {
            try
            {
                var response = await InvokeAsync(input.Request, model, cancellationToken);
                var embedding = new Embedding<float>(UnitVector(response, model, input.Request.EmbeddingConfig.OutputEmbeddingLength)) { ModelId = model };
                if (input.IsCut)
                {
                    EmbeddingInput.MarkCut(embedding, input.Request.InputText ?? "");
                }

                return (embedding, response.InputTextTokenCount ?? 0);
            }
            catch (ValidationException failure) when (IsTooLong(failure) && input.Request.InputText is { Length: > 1 } && halvings < MostHalvings)
            {
                // The model's tokenizer found more tokens than were estimated.
                input = new TitanInput(input.Request with { InputText = TitanText.Half(input.Request.InputText) }, IsCut: true);
            }
            catch (BedrockException failure)
            {
                throw TitanFailure.From(failure, model);
            }
        }
    }

    private async Task<TitanResponse> InvokeAsync(TitanRequest request, string model, CancellationToken cancellationToken)
    {
        var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(request, TitanJson.Default.TitanRequest));
        var response = await _client.InvokeModelAsync(new InvokeModelRequest { ModelId = model, Body = body }, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(response.Body, TitanJson.Default.TitanResponse) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException failure)
        {
            throw new EmbeddingException(
                EmbeddingFault.UnusableAnswer, $"The answer of {model} is no embedding, or was cut off (request {response.RequestId}).", failure)
            { IsTransient = true };
        }
    }

    private static bool IsTooLong(ValidationException failure) => failure.Message.Contains("input tokens", StringComparison.OrdinalIgnoreCase);

    private static float[] UnitVector(TitanResponse response, string model, int dimension)
    {
        if (response.Message is { Length: > 0 } message)
        {
            throw new EmbeddingException(EmbeddingFault.InputRejected, $"{model} gave no embedding: {message}");
        }

        if (response.Embedding is not { } vector || vector.Length != dimension)
        {
            throw new EmbeddingException(
                EmbeddingFault.UnusableAnswer, $"{model} gave {response.Embedding?.Length ?? 0} numbers where {dimension} were asked for.");
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(length) || length < 1e-6f)
        {
            throw new EmbeddingException(EmbeddingFault.UnusableAnswer, $"{model} gave a vector of the length {length}, which has no direction.");
        }

        TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private sealed record TitanInput(TitanRequest Request, bool IsCut);
}
