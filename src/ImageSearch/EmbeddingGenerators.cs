using ImageSearch.Collections;
using ImageSearch.Embedding;
using Microsoft.Extensions.AI;

namespace ImageSearch;

/// <summary>The embedding generators of one home, put together for the provider of its options; made when they are first asked for.</summary>
/// <param name="options">The provider, its model and its limits.</param>
/// <param name="cache">Opens the embedding cache.</param>
/// <param name="time">The clock.</param>
internal sealed class EmbeddingGenerators(ImageSearchOptions options, Func<EmbeddingCache> cache, TimeProvider time) : IDisposable
{
    // What happens to a picture before its model sees it; the offline model prepares pictures itself, so that its own version says it all.
    private const string Preparation = "1";
    private const int UsualDimension = 1024;

    private readonly Lazy<IEmbeddingGenerator<AIContent, Embedding<float>>> _model = new(() => ModelOf(options));

    /// <summary>What the provider's vectors are made by.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    public CollectionFingerprint Fingerprint => FingerprintOf(options);

    /// <summary>Embeds past every cache.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Uncached => Fitted(_model.Value);

    /// <summary>Embeds what is indexed; pictures whose vectors are cached cost nothing.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Documents => options.Provider switch
    {
        EmbeddingProvider.Offline => new WordsEmbeddingGenerator(new CachingEmbeddingGenerator(_model.Value, cache())),
        EmbeddingProvider.Cohere => Cached(Fitted(new GatheringEmbeddingGenerator(_model.Value, new GatheringLimits(), time))),
        _ => Cached(Fitted(_model.Value)),
    };

    /// <summary>Embeds what is searched by.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Queries => options.Provider switch
    {
        EmbeddingProvider.Offline => _model.Value,
        _ => Cached(Fitted(_model.Value)),
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
        EmbeddingProvider.Offline => new(OfflineEmbeddingGenerator.ModelId, Dimension(options, [OfflineEmbeddingGenerator.Dimension]), Preparation),
        EmbeddingProvider.Titan => FingerprintOf(options, BedrockModel.Titan),
        EmbeddingProvider.Nova => FingerprintOf(options, BedrockModel.Nova),
        EmbeddingProvider.Cohere => FingerprintOf(options, BedrockModel.Cohere),
        _ => throw Unknown(options),
    };

    private static CollectionFingerprint FingerprintOf(ImageSearchOptions options, BedrockModel model) =>
        new(options.Model ?? model.Id, Dimension(options, model.Dimensions), Preparation);

    private static int Dimension(ImageSearchOptions options, IReadOnlyList<int> known)
    {
        var dimension = options.Dimension ?? UsualDimension;
        return known.Contains(dimension)
            ? dimension
            : throw new EmbeddingException(
                EmbeddingFault.ModelUnavailable,
                $"The provider {options.Provider.ToString().ToLowerInvariant()} makes no vectors of {dimension} numbers. Set Embedding:Dimension to {string.Join(" or ", known)}.");
    }

    private static IEmbeddingGenerator<AIContent, Embedding<float>> ModelOf(ImageSearchOptions options)
    {
        var (model, dimension, _) = FingerprintOf(options);
        return options.Provider switch
        {
            EmbeddingProvider.Offline => new OfflineEmbeddingGenerator(options.Limits),
            EmbeddingProvider.Titan => new DeferredEmbeddingGenerator(
                model, dimension, () => new TitanEmbeddingGenerator(new TitanOptions { ModelId = model, Dimension = dimension })),
            EmbeddingProvider.Nova => new DeferredEmbeddingGenerator(
                model, dimension, () => new NovaEmbeddingGenerator(new NovaOptions { ModelId = model, Dimension = dimension })),
            EmbeddingProvider.Cohere => new DeferredEmbeddingGenerator(
                model, dimension, () => new CohereEmbeddingGenerator(new CohereOptions { ModelId = model, Dimension = dimension })),
            _ => throw Unknown(options),
        };
    }

    private IEmbeddingGenerator<AIContent, Embedding<float>> Fitted(IEmbeddingGenerator<AIContent, Embedding<float>> inner) => options.Provider switch
    {
        EmbeddingProvider.Offline => inner,
        EmbeddingProvider.Titan => new FittingEmbeddingGenerator(inner, TitanEmbeddingGenerator.PictureLimits, options.Limits),
        EmbeddingProvider.Nova => new FittingEmbeddingGenerator(inner, NovaEmbeddingGenerator.PictureLimits, options.Limits),
        EmbeddingProvider.Cohere => new FittingEmbeddingGenerator(inner, CohereEmbeddingGenerator.PictureLimits, options.Limits),
        _ => throw Unknown(options),
    };

    private CachingEmbeddingGenerator Cached(IEmbeddingGenerator<AIContent, Embedding<float>> inner) => new(inner, cache(), new CachingOptions
    {
        KeepsTexts = true,
        IsAsymmetric = options.Provider is EmbeddingProvider.Nova or EmbeddingProvider.Cohere,
    });

    private static ArgumentOutOfRangeException Unknown(ImageSearchOptions options) => new(nameof(options), options.Provider, "no such provider");
}
