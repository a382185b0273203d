using ImageSearch.Embedding.Offline;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Embeds pictures and English texts without an account, a network or a model: 1,024 numbers, unit length, the same for the same
/// input. The first 512 describe looks (colours, tones, layout, edges), the last 512 words. It does not recognise objects: a
/// picture of a dog is found by the word "dog" only where the word travels with the picture. Safe for many threads.
/// </summary>
/// <param name="limits">What pictures may measure.</param>
public sealed class OfflineEmbeddingGenerator(ImageLimits limits) : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    /// <summary>The id under which vectors of this generator are kept; a change of the vectors changes it.</summary>
    public const string ModelId = "offline-1";

    /// <summary>Numbers in a vector.</summary>
    public const int Dimension = OfflineVector.Dimension;

    // Callers have a width of their own; a batch only keeps a second core busy.
    private const int PicturesAtOnce = 2;

    // Everything measured is coarse: more pixels would change nothing but the time to decode them.
    internal const int DecodedSide = 96;

    private readonly EmbeddingGeneratorMetadata _metadata = new("offline", null, ModelId, Dimension);

    /// <summary>Embeds texts (<see cref="TextContent"/>) and encoded pictures (<see cref="DataContent"/>), in order. Words that travel with a picture are <see cref="WordsEmbeddingGenerator"/>'s business.</summary>
    /// <exception cref="ImageFormatException">A picture is refused; the whole call fails.</exception>
    /// <exception cref="ArgumentException">A text is empty, a content is neither text nor picture, or another model or dimension is asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckOptions(options);
        var contents = values.ToArray();
        var embeddings = new Embedding<float>[contents.Length];
        await Parallel.ForAsync(
            0,
            contents.Length,
            new ParallelOptions { MaxDegreeOfParallelism = PicturesAtOnce, CancellationToken = cancellationToken },
            (at, stopping) =>
            {
                embeddings[at] = new Embedding<float>(Embed(contents[at], stopping)) { ModelId = ModelId };
                return ValueTask.CompletedTask;
            });
        return new GeneratedEmbeddings<Embedding<float>>(embeddings);
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

    /// <summary>Holds nothing that must be given back.</summary>
    public void Dispose()
    {
    }

    private float[] Embed(AIContent content, CancellationToken cancellationToken) => content switch
    {
        TextContent { Text: var text } => string.IsNullOrWhiteSpace(text)
            ? throw new ArgumentException("An empty text cannot be embedded. Give at least one word.")
            : OfflineVector.OfText(text),
        DataContent { Data: var bytes } => OfflineVector.OfPicture(
            VisualPart.OfPicture(ImageDecoder.Decode(bytes, DecodedSide, limits, cancellationToken))),
        _ => throw new ArgumentException($"The offline embedder takes texts and encoded pictures, not {content.GetType().Name}."),
    };

    private static void CheckOptions(EmbeddingGenerationOptions? options)
    {
        if (options?.ModelId is { } model && model != ModelId)
        {
            throw new ArgumentException($"The offline embedder is the model {ModelId}, not {model}.", nameof(options));
        }

        if (options?.Dimensions is { } dimension && dimension != Dimension)
        {
            throw new ArgumentException($"The offline embedder makes {Dimension} numbers, not {dimension}.", nameof(options));
        }
    }
}
