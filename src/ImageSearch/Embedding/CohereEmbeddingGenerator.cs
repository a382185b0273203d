using ImageSearch.Bedrock;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Embeds texts and pictures with Cohere Embed v4 on Amazon Bedrock, up to 96 in one call: 256, 512, 1,024 or 1,536 numbers, checked, and
/// of unit length. The model is asymmetric: what is to be found is embedded as <c>search_document</c>, what it is searched by as
/// <c>search_query</c>, by the role in the options (<see cref="EmbeddingInput.For"/>). Credentials and region come from the usual places
/// of AWS. Safe for many threads.
/// </summary>
/// <remarks>
/// Built from the service's page and public reports, without an account. That vectors come as <c>{"embeddings": {"float": [[…]]}}</c> is
/// reported by several clients. Not confirmed on Bedrock: the limits of 5 MB a picture and 20 MB a call, which are those of Cohere's own
/// service, and whether the header of the service counts the tokens of pictures.
/// </remarks>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v4.html"/>
public sealed class CohereEmbeddingGenerator : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    /// <summary>Most inputs of one call.</summary>
    public const int InputsPerCall = 96;

    /// <summary>Most bytes of the pictures of one call, which are 20 MB in base64.</summary>
    public const int PictureBytesPerCall = 15_000_000;

    // The model takes about 128,000 tokens, and no tokenizer makes more tokens of a text than it has bytes: the model never cuts by itself.
    private const int MostTextBytes = 120_000;

    private readonly BedrockEmbedder _embedder;
    private readonly CohereOptions _options;

    /// <summary>A generator with a client of its own.</summary>
    /// <param name="options">How to call the model.</param>
    /// <exception cref="EmbeddingException">No region is known.</exception>
    public CohereEmbeddingGenerator(CohereOptions options)
        : this(BedrockEmbedder.Connect(BedrockModel.Cohere, options.ModelId, options.Timeout, options.RetriesFailures), options)
    {
    }

    /// <summary>A generator that takes over <paramref name="client"/>.</summary>
    internal CohereEmbeddingGenerator(BedrockRuntimeClient client, CohereOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CallsAtOnce, 1);
        _embedder = new BedrockEmbedder(client, BedrockModel.Cohere, options.ModelId, options.Dimension);
        _options = options;
    }

    /// <summary>What pictures the model takes. It makes those of more than 1,568 × 1,568 pixels smaller itself.</summary>
    public static FittingLimits PictureLimits { get; } = new() { MaxSide = 1568 };

    /// <summary>
    /// Embeds texts (<see cref="TextContent"/>) and encoded pictures (<see cref="DataContent"/>), in order, with as few calls as the model
    /// allows. A text that is longer than the model takes is cut, and its embedding says so: <see cref="EmbeddingInput.CutTextOf"/>.
    /// </summary>
    /// <exception cref="EmbeddingException">The model gave no embedding of one of them; the whole call fails.</exception>
    /// <exception cref="ArgumentException">A text is empty, a content is neither text nor picture of a known format, or the dimension is none of the model's.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (modelId, dimension) = _embedder.AskedBy(options);
        var inputType = EmbeddingInput.RoleOf(options) == EmbeddingRole.Query ? "search_query" : "search_document";
        var inputs = values.Select(InputOf).ToArray();
        return BedrockEmbedder.RunAsync(
            inputs.Length,
            CallsFor(inputs),
            _options.CallsAtOnce,
            (call, embeddings, stopping) => EmbedAsync(call, embeddings, inputType, modelId, dimension, stopping),
            cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _embedder.GetService(this, serviceType, serviceKey);

    /// <inheritdoc/>
    public void Dispose() => _embedder.Dispose();

    private static CohereInput InputOf(AIContent content, int at)
    {
        var (text, picture) = BedrockEmbedder.PartsOf(content);
        var used = text is null ? null : TextCut.To(text, MostTextBytes, character => character.Utf8SequenceLength);
        return new CohereInput(at, used, picture is null ? null : new PictureUri(MediaTypeOf(picture), picture.Data), IsCut: used != text);
    }

    private static string MediaTypeOf(DataContent picture) => picture.MediaType is "image/jpeg" or "image/png" or "image/webp" or "image/gif"
        ? picture.MediaType
        : throw new ArgumentException($"Cohere takes JPEG, PNG, WebP and GIF, not {picture.MediaType}.", nameof(picture));

    private static List<List<CohereInput>> CallsFor(IEnumerable<CohereInput> inputs)
    {
        var calls = new List<List<CohereInput>>();
        foreach (var kind in inputs.GroupBy(input => input.Picture is null))
        {
            var bytes = long.MaxValue; // the first of a kind opens a call
            foreach (var input in kind)
            {
                var size = input.Picture?.Bytes.Length ?? 0;
                if (bytes > PictureBytesPerCall - size || calls[^1].Count == InputsPerCall)
                {
                    calls.Add([]);
                    bytes = 0;
                }

                calls[^1].Add(input);
                bytes += size;
            }
        }

        return calls;
    }

    private async Task<long> EmbedAsync(
        List<CohereInput> call, Embedding<float>[] embeddings, string inputType, string modelId, int dimension, CancellationToken cancellationToken)
    {
        var isText = call[0].Picture is null;
        var request = new CohereRequest(
            inputType,
            dimension,
            isText ? call.ConvertAll(input => input.Text!) : null, // a call holds inputs of one kind
            isText ? null : call.ConvertAll(input => input.Picture!));
        var (answer, tokens) = await _embedder.InvokeAsync(
            modelId, request, CohereJson.Default.CohereRequest, CohereJson.Default.CohereResponse, cancellationToken);
        BedrockEmbedder.ThrowIfRefused(modelId, answer.Message);
        var vectors = answer.Embeddings?.Float ?? [];
        BedrockEmbedder.ThrowIfMiscounted(modelId, call.Count, vectors.Count);
        foreach (var (input, vector) in call.Zip(vectors))
        {
            var embedding = BedrockEmbedder.Checked(modelId, dimension, vector);
            if (input is { IsCut: true, Text: { } used })
            {
                EmbeddingInput.MarkCut(embedding, used);
            }

            embeddings[input.At] = embedding;
        }

        return tokens ?? 0;
    }

    private sealed record CohereInput(int At, string? Text, PictureUri? Picture, bool IsCut);
}
