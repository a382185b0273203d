using ImageSearch.Collections;
using ImageSearch.Embedding;
using Microsoft.Extensions.AI;

namespace ImageSearch;

/// <summary>The embedding generators of one home, put together for the provider of its options; made when they are first asked for.</summary>
/// <param name="options">The provider, its model and its limits.</param>
/// <param name="cache">Opens the embedding cache.</param>
internal sealed class EmbeddingGenerators(ImageSearchOptions options, Func<EmbeddingCache> cache) : IDisposable
{
    // What happens to a picture before its model sees it; the offline model prepares pictures itself, so that its own version says it all.
    private const string Preparation = "1";

    private readonly Lazy<IEmbeddingGenerator<AIContent, Embedding<float>>> _model = new(() => ModelOf(options));

    /// <summary>What the provider's vectors are made by.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    public CollectionFingerprint Fingerprint => FingerprintOf(options);

    /// <summary>Embeds past every cache.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Uncached => _model.Value;

    /// <summary>Embeds what is indexed; pictures whose vectors are cached cost nothing.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Documents => options.Provider switch
    {
        EmbeddingProvider.Offline => new WordsEmbeddingGenerator(new CachingEmbeddingGenerator(_model.Value, cache())),
        _ => new CachingEmbeddingGenerator(_model.Value, cache()),
    };

    /// <summary>Embeds what is searched by.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Queries => options.Provider switch
    {
        EmbeddingProvider.Offline => _model.Value,
        _ => new CachingEmbeddingGenerator(_model.Value, cache()),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model.IsValueCreated)
        {
            _model.Value.Dispose();
        }
    }

    private static CollectionFingerprint FingerprintOf(ImageSearchOptions options) => options.Provider switch
    {
        EmbeddingProvider.Offline => new(
            OfflineEmbeddingGenerator.ModelId, Dimension(options, OfflineEmbeddingGenerator.Dimension, [OfflineEmbeddingGenerator.Dimension]), Preparation),
        EmbeddingProvider.Titan => new(options.Model ?? new TitanOptions().ModelId, Dimension(options, 1024, [256, 384, 1024]), Preparation),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "no such provider"),
    };

    private static IEmbeddingGenerator<AIContent, Embedding<float>> ModelOf(ImageSearchOptions options)
    {
        var (model, dimension, _) = FingerprintOf(options);
        return options.Provider switch
        {
            EmbeddingProvider.Offline => new OfflineEmbeddingGenerator(options.Limits),
            EmbeddingProvider.Titan => new FittingEmbeddingGenerator(
                new DeferredEmbeddingGenerator(model, dimension, () => new TitanEmbeddingGenerator(new TitanOptions { ModelId = model, Dimension = dimension })),
                TitanEmbeddingGenerator.PictureLimits,
                options.Limits),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "no such provider"),
        };
    }

    private static int Dimension(ImageSearchOptions options, int usual, int[] known)
    {
        var dimension = options.Dimension ?? usual;
        return known.Contains(dimension)
            ? dimension
            : throw new EmbeddingException(
                EmbeddingFault.ModelUnavailable,
                $"The provider {options.Provider.ToString().ToLowerInvariant()} makes no vectors of {dimension} numbers. Set Embedding:Dimension to {string.Join(" or ", known)}.");
    }
}
