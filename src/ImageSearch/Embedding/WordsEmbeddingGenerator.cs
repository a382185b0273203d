using ImageSearch.Embedding.Offline;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Mixes the words that travel with a picture (<see cref="EmbeddingInput.WordsOf"/>) into its offline vector. It stands outside
/// the cache: a picture that was renamed or moved gets its new words for nothing. Texts, and pictures without words, pass through.
/// </summary>
/// <param name="inner">Makes vectors of <see cref="OfflineEmbeddingGenerator"/>, maybe from a cache.</param>
public sealed class WordsEmbeddingGenerator(IEmbeddingGenerator<AIContent, Embedding<float>> inner)
    : DelegatingEmbeddingGenerator<AIContent, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var contents = values.ToArray();
        var embeddings = await base.GenerateAsync(contents, options, cancellationToken);
        for (var at = 0; at < contents.Length; at++)
        {
            if (contents[at] is DataContent && EmbeddingInput.WordsOf(contents[at]) is { } words)
            {
                embeddings[at] = Mixed(embeddings[at], words);
            }
        }

        return embeddings;
    }

    private static Embedding<float> Mixed(Embedding<float> picture, string words) =>
        new(OfflineVector.WithWords(picture.Vector.Span, words))
        {
            ModelId = picture.ModelId,
            CreatedAt = picture.CreatedAt,
            AdditionalProperties = picture.AdditionalProperties,
        };
}
