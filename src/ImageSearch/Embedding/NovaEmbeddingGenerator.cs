using ImageSearch.Bedrock;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Embeds texts and pictures with Amazon Nova Multimodal Embeddings on Amazon Bedrock: 256, 384, 1,024 or 3,072 numbers, checked, and of
/// unit length. The model is asymmetric: what is to be found is embedded for the index (<c>GENERIC_INDEX</c>), what it is searched by for
/// the retrieval of pictures (<c>IMAGE_RETRIEVAL</c>), by the role in the options (<see cref="EmbeddingInput.For"/>). Credentials and
/// region come from the usual places of AWS. Safe for many threads.
/// </summary>
/// <remarks>
/// Built from the service's pages and public reports, without an account. Not confirmed: the largest picture in pixels and bytes (the
/// limits of <see cref="PictureLimits"/> are those of Titan), and whether the header of the service counts the tokens of a picture. The
/// page says 8,192 characters of text; the service was seen to take 50,000, and to cut what has too many tokens.
/// </remarks>
/// <seealso href="https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html"/>
public sealed class NovaEmbeddingGenerator : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    private const int MostCharacters = 8192;

    private readonly BedrockEmbedder _embedder;
    private readonly NovaOptions _options;

    /// <summary>A generator with a client of its own.</summary>
    /// <param name="options">How to call the model.</param>
    /// <exception cref="EmbeddingException">No region is known.</exception>
    public NovaEmbeddingGenerator(NovaOptions options)
        : this(BedrockEmbedder.Connect(BedrockModel.Nova, options.ModelId, options.Timeout, options.RetriesFailures), options)
    {
    }

    /// <summary>A generator that takes over <paramref name="client"/>.</summary>
    internal NovaEmbeddingGenerator(BedrockRuntimeClient client, NovaOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CallsAtOnce, 1);
        _embedder = new BedrockEmbedder(client, BedrockModel.Nova, options.ModelId, options.Dimension);
        _options = options;
    }

    /// <summary>What pictures the model takes.</summary>
    public static FittingLimits PictureLimits { get; } = new() { Formats = [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Webp] };

    /// <summary>
    /// Embeds texts (<see cref="TextContent"/>) and encoded pictures (<see cref="DataContent"/>), in order, each with a call of its own. A
    /// text that is longer than the model takes is cut, and its embedding says so: <see cref="EmbeddingInput.CutTextOf"/>.
    /// </summary>
    /// <exception cref="EmbeddingException">The model gave no embedding of one of them; the whole call fails.</exception>
    /// <exception cref="ArgumentException">A text is empty, a content is neither text nor picture of a known format, or the dimension is none of the model's.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (modelId, dimension) = _embedder.AskedBy(options);
        var purpose = EmbeddingInput.RoleOf(options) == EmbeddingRole.Query ? "IMAGE_RETRIEVAL" : "GENERIC_INDEX";
        var calls = values.Select((content, at) => CallFor(content, at, purpose, dimension)).ToArray();
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

    private static NovaCall CallFor(AIContent content, int at, string purpose, int dimension)
    {
        var (text, picture) = BedrockEmbedder.PartsOf(content);
        var used = text is null ? null : TextCut.To(text, MostCharacters, character => character.Utf16SequenceLength);
        var request = new NovaSingleEmbedding(
            purpose,
            dimension,
            used is null ? null : new NovaText(used, TruncationMode: "END"),
            picture is null ? null : new NovaImage(FormatOf(picture), new NovaSource(picture.Data), DetailLevel: "STANDARD_IMAGE"));
        return new NovaCall(at, new NovaRequest(request), IsCut: used != text);
    }

    private static string FormatOf(DataContent picture) => picture.MediaType switch
    {
        "image/jpeg" => "jpeg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        var other => throw new ArgumentException($"Nova takes JPEG, PNG, WebP and GIF, not {other}.", nameof(picture)),
    };

    private async Task<(Embedding<float> Embedding, long Tokens)> EmbedAsync(NovaCall call, string modelId, CancellationToken cancellationToken)
    {
        var (answer, tokens) = await _embedder.InvokeAsync(
            modelId, call.Request, NovaJson.Default.NovaRequest, NovaJson.Default.NovaResponse, cancellationToken);
        BedrockEmbedder.ThrowIfRefused(modelId, answer.Message);
        BedrockEmbedder.ThrowIfMiscounted(modelId, expected: 1, answer.Embeddings?.Count ?? 0);
        var (asked, given) = (call.Request.SingleEmbeddingParams, answer.Embeddings![0]);
        var embedding = BedrockEmbedder.Checked(modelId, asked.EmbeddingDimension, given?.Embedding);
        if (asked.Text is { Value: var text } && (call.IsCut || given?.TruncatedCharLength is not null))
        {
            EmbeddingInput.MarkCut(embedding, text[..Math.Clamp(given?.TruncatedCharLength ?? text.Length, 0, text.Length)]);
        }

        return (embedding, tokens ?? 0);
    }

    private sealed record NovaCall(int At, NovaRequest Request, bool IsCut);
}
