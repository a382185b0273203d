using System.Text;
using ImageSearch.Bedrock;
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

    private readonly BedrockEmbedder _embedder;
    private readonly TitanOptions _options;

    /// <summary>A generator with a client of its own.</summary>
    /// <param name="options">How to call the model.</param>
    /// <exception cref="EmbeddingException">No region is known.</exception>
    public TitanEmbeddingGenerator(TitanOptions options)
        : this(BedrockEmbedder.Connect(BedrockModel.Titan, options.ModelId, options.Timeout, options.RetriesFailures), options)
    {
    }

    /// <summary>A generator that takes over <paramref name="client"/>.</summary>
    internal TitanEmbeddingGenerator(BedrockRuntimeClient client, TitanOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTextTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CallsAtOnce, 1);
        _embedder = new BedrockEmbedder(client, BedrockModel.Titan, options.ModelId, options.Dimension);
        _options = options;
    }

    /// <summary>What pictures the model takes.</summary>
    public static FittingLimits PictureLimits { get; } = new();

    /// <summary>
    /// Embeds texts (<see cref="TextContent"/>) and encoded pictures (<see cref="DataContent"/>), in order, each with a call of its own. A
    /// text that is longer than the model takes is cut, and its embedding says so: <see cref="EmbeddingInput.CutTextOf"/>.
    /// </summary>
    /// <exception cref="EmbeddingException">The model gave no embedding of one of them; the whole call fails.</exception>
    /// <exception cref="ArgumentException">A text is empty, a content is neither text nor picture, or the dimension is none of the model's.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (modelId, dimension) = _embedder.AskedBy(options);
        var calls = values.Select((content, at) => CallFor(content, at, dimension)).ToArray();
        return BedrockEmbedder.RunAsync(
            calls.Length,
            calls,
            _options.CallsAtOnce,
            async (call, embeddings, stopping) =>
            {
                (embeddings[call.At], var tokens) = await EmbedAsync(call, modelId, stopping);
                return tokens;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _embedder.GetService(this, serviceType, serviceKey);

    /// <inheritdoc/>
    public void Dispose() => _embedder.Dispose();

    private TitanCall CallFor(AIContent content, int at, int dimension)
    {
        var (text, picture) = BedrockEmbedder.PartsOf(content);
        text ??= _options.Words == TitanWords.Joined ? EmbeddingInput.WordsOf(content) : null;
        var used = text is null ? null : TextCut.To(text, _options.MaxTextTokens, Tokens);
        return new TitanCall(at, new TitanRequest(used, picture?.Data, new TitanEmbeddingConfig(dimension)), IsCut: used != text);
    }

    private async Task<(Embedding<float> Embedding, long Tokens)> EmbedAsync(TitanCall call, string modelId, CancellationToken cancellationToken)
    {
        for (var halvings = 0; ; halvings++)
        {
            try
            {
                var (answer, tokens) = await _embedder.InvokeAsync(
                    modelId, call.Request, TitanJson.Default.TitanRequest, TitanJson.Default.TitanResponse, cancellationToken);
                BedrockEmbedder.ThrowIfRefused(modelId, answer.Message);
                var embedding = BedrockEmbedder.Checked(modelId, call.Request.EmbeddingConfig.OutputEmbeddingLength, answer.Embedding);
                if (call.IsCut)
                {
                    EmbeddingInput.MarkCut(embedding, call.Request.InputText ?? "");
                }

                return (embedding, answer.InputTextTokenCount ?? tokens ?? 0);
            }
            catch (EmbeddingException failure) when (IsTooLong(failure) && call.Request.InputText is { Length: > 1 } && halvings < MostHalvings)
            {
                // The model's tokenizer found more tokens than were estimated.
                call = call with { Request = call.Request with { InputText = TextCut.Half(call.Request.InputText) }, IsCut = true };
            }
        }
    }

    // The tokenizer is not public. The service counts about 4.7 characters of English a token; short words and digits make more of them.
    private static double Tokens(Rune character) => character.IsAscii ? 1 / 4.0 : 1;

    private static bool IsTooLong(EmbeddingException failure) =>
        failure.InnerException is ValidationException && failure.Message.Contains("input tokens", StringComparison.OrdinalIgnoreCase);

    private sealed record TitanCall(int At, TitanRequest Request, bool IsCut);
}
