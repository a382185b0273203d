using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Pacing;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch;

/// <summary>The embedding generators of one home, put together for the provider of its options; made when they are first asked for.</summary>
/// <param name="options">The provider, its model and its limits.</param>
/// <param name="cache">Opens the embedding cache.</param>
/// <param name="run">Where calls that cost are booked.</param>
/// <param name="time">The clock.</param>
internal sealed class EmbeddingGenerators(ImageSearchOptions options, Func<EmbeddingCache> cache, SpendRun run, TimeProvider time) : IDisposable
{
    // What happens to a picture before its model sees it; the offline model prepares pictures itself, so that its own version says it all.
    private const string Preparation = "1";
    private const int UsualDimension = 1024;

    private static readonly GatheringLimits Gathering = new();

    // Two paces over one client: however much there is to index, a query has its turn. Who asks does not wait for long where the provider is down.
    private readonly CallPace _documentPace = new(new CallPaceOptions { MostAtOnce = options.CallsAtOnce }, time, new Random());
    private readonly CallPace _queryPace = new(
        new CallPaceOptions { Purpose = "query", MostAtOnce = 8, BackoffCeiling = TimeSpan.FromSeconds(5), FailurePatience = TimeSpan.FromSeconds(10) },
        time,
        new Random());

    private readonly Lazy<IEmbeddingGenerator<AIContent, Embedding<float>>> _model = new(() => ModelOf(options, run));

    /// <summary>What the provider's vectors are made by.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    public CollectionFingerprint Fingerprint => FingerprintOf(options);

    /// <summary>What the provider's calls cost; null where they cost nothing.</summary>
    /// <exception cref="EmbeddingException">There is a cap and no known price, so that it cannot be kept.</exception>
    public ModelPrice? Price => PriceOf(options);

    /// <summary>How the calls of indexing come along; null where the provider is this machine.</summary>
    public CallPaceStatus? DocumentPace => options.Provider == EmbeddingProvider.Offline ? null : _documentPace.Status;

    /// <summary>Embeds past every cache.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Uncached => options.Provider switch
    {
        EmbeddingProvider.Offline => _model.Value,
        _ => Fitted(At(_queryPace)),
    };

    /// <summary>Embeds what is indexed; pictures whose vectors are cached cost nothing.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Documents => options.Provider switch
    {
        EmbeddingProvider.Offline => new WordsEmbeddingGenerator(new CachingEmbeddingGenerator(_model.Value, cache())),
        EmbeddingProvider.Cohere => Cached(Fitted(new GatheringEmbeddingGenerator(At(_documentPace), Gathering, time))),
        _ => Cached(Fitted(At(_documentPace))),
    };

    /// <summary>Embeds what is searched by.</summary>
    public IEmbeddingGenerator<AIContent, Embedding<float>> Queries => options.Provider switch
    {
        EmbeddingProvider.Offline => _model.Value,
        _ => Cached(Fitted(At(_queryPace))),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model.IsValueCreated)
        {
            _model.Value.Dispose();
        }

        _documentPace.Dispose();
        _queryPace.Dispose();
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

    private static IEmbeddingGenerator<AIContent, Embedding<float>> ModelOf(ImageSearchOptions options, SpendRun run)
    {
        var (model, dimension, _) = FingerprintOf(options);
        return options.Provider == EmbeddingProvider.Offline
            ? new OfflineEmbeddingGenerator(options.Limits)
            : new MeteredEmbeddingGenerator(new DeferredEmbeddingGenerator(model, dimension, () => PaidModelOf(options, model, dimension)), PriceOf(options)!, run);
    }

    private static IEmbeddingGenerator<AIContent, Embedding<float>> PaidModelOf(ImageSearchOptions options, string model, int dimension) => options.Provider switch
    {
        EmbeddingProvider.Titan => new TitanEmbeddingGenerator(new TitanOptions { ModelId = model, Dimension = dimension, RetriesFailures = false }),
        EmbeddingProvider.Nova => new NovaEmbeddingGenerator(new NovaOptions { ModelId = model, Dimension = dimension, RetriesFailures = false }),
        EmbeddingProvider.Cohere => new CohereEmbeddingGenerator(new CohereOptions { ModelId = model, Dimension = dimension, RetriesFailures = false }),
        _ => throw Unknown(options),
    };

    private static ModelPrice? PriceOf(ImageSearchOptions options)
    {
        var model = FingerprintOf(options).Model;
        return options switch
        {
            { Provider: EmbeddingProvider.Offline } => null,
            _ when options.Spending.PriceOf(model) is { } price => price,
            { Spending.Cap.Dollars: null } => ModelPrice.Unknown(model),
            _ => throw new EmbeddingException(
                EmbeddingFault.CostCapReached,
                $"No price of {model} is known, so that a cap on spending cannot be kept. Set Spending:PicturePrice and Spending:TextPrice, or no cap."),
        };
    }

    private PacedEmbeddingGenerator At(CallPace pace) => new(_model.Value, pace, options.Provider == EmbeddingProvider.Cohere ? Gathering.MaxContents : 1);

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
