using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Asks the inner generator only for what has no vector in the cache, in one call. Pictures with the same bytes are asked for
/// once, also when they come at the same time in several calls. Texts pass through, or are kept like pictures where the options
/// say so. Embeddings that cost nothing are marked: <see cref="EmbeddingInput.IsCached"/>. Safe for many threads. The cache is
/// not disposed with it.
/// </summary>
/// <param name="inner">Makes the vectors, from the bytes of a picture alone; must answer for <see cref="EmbeddingGeneratorMetadata"/> with a model and a dimension.</param>
/// <param name="cache">Keeps them.</param>
/// <param name="caching">What the model is like; by default symmetric, and free for texts.</param>
public sealed class CachingEmbeddingGenerator(
    IEmbeddingGenerator<AIContent, Embedding<float>> inner, EmbeddingCache cache, CachingOptions? caching = null)
    : DelegatingEmbeddingGenerator<AIContent, Embedding<float>>(inner)
{
    private readonly CachingOptions _caching = caching ?? new CachingOptions();

    // The content that a call is embedding now. The result is null when that call failed: those who waited then ask for
    // themselves, because the failure may belong to another content of that call, or to its cancellation.
    private readonly ConcurrentDictionary<EmbeddingKey, TaskCompletionSource<ReadOnlyMemory<float>?>> _underWay = new();

    /// <inheritdoc/>
    /// <exception cref="EmbeddingCacheException">The cache cannot be read or written.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (model, dimension) = ModelOf(options);
        var role = _caching.IsAsymmetric ? EmbeddingInput.RoleOf(options) : EmbeddingRole.Document;
        Wanted[] wanted = [.. values.Select(content => new Wanted(content, KeyOf(content, model, dimension, role)))];
        var result = new GeneratedEmbeddings<Embedding<float>>(wanted.Length);
        while (wanted.Any(item => item.Embedding is null))
        {
            var elsewhere = await AnswerOwnAsync(wanted.Where(item => item.Embedding is null), result, options, cancellationToken);
            foreach (var (item, answer) in elsewhere)
            {
                if (await answer.WaitAsync(cancellationToken) is { } vector)
                {
                    item.Embedding = Free(vector, model);
                }
            }
        }

        result.AddRange(wanted.Select(item => item.Embedding!));
        return result;
    }

    /// <summary>Answers from the cache and by one call of the inner generator; what other calls are embedding already is given back.</summary>
    private async Task<List<(Wanted Item, Task<ReadOnlyMemory<float>?> Answer)>> AnswerOwnAsync(
        IEnumerable<Wanted> items,
        GeneratedEmbeddings<Embedding<float>> result,
        EmbeddingGenerationOptions? options,
        CancellationToken cancellationToken)
    {
        var elsewhere = new List<(Wanted, Task<ReadOnlyMemory<float>?>)>();
        var own = new List<Wanted>();
        var claims = new Dictionary<EmbeddingKey, TaskCompletionSource<ReadOnlyMemory<float>?>>();
        var vectors = new Dictionary<EmbeddingKey, ReadOnlyMemory<float>>();
        try
        {
            foreach (var item in items)
            {
                if (item.Key is { } key && Claim(key, claims) is { } answer)
                {
                    elsewhere.Add((item, answer));
                }
                else if (!TryFind(item, vectors))
                {
                    own.Add(item);
                }
            }

            if (own.Count > 0)
            {
                await AskInnerAsync(own, vectors, result, options, cancellationToken);
            }
        }
        finally
        {
            foreach (var (key, claim) in claims)
            {
                _underWay.TryRemove(key, out _);
                claim.SetResult(vectors.TryGetValue(key, out var vector) ? new ReadOnlyMemory<float>?(vector) : null);
            }
        }

        return elsewhere;
    }

    /// <summary>Claims a content for this call; when another call, or this one, has it already, gives what to wait for.</summary>
    private Task<ReadOnlyMemory<float>?>? Claim(EmbeddingKey key, Dictionary<EmbeddingKey, TaskCompletionSource<ReadOnlyMemory<float>?>> claims)
    {
        var claim = new TaskCompletionSource<ReadOnlyMemory<float>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = _underWay.GetOrAdd(key, claim);
        if (holder != claim)
        {
            return holder.Task;
        }

        claims.Add(key, claim);
        return null;
    }

    // Only for a claimed content: whoever held the claim before has stored its vector by now.
    private bool TryFind(Wanted item, Dictionary<EmbeddingKey, ReadOnlyMemory<float>> vectors)
    {
        if (item.Key is not { } key || cache.Find(key) is not { } vector)
        {
            return false;
        }

        vectors.Add(key, vector);
        item.Embedding = Free(vector, key.Model);
        return true;
    }

    private async Task AskInnerAsync(
        List<Wanted> own,
        Dictionary<EmbeddingKey, ReadOnlyMemory<float>> vectors,
        GeneratedEmbeddings<Embedding<float>> result,
        EmbeddingGenerationOptions? options,
        CancellationToken cancellationToken)
    {
        var generated = await base.GenerateAsync(own.Select(item => item.Content), options, cancellationToken);
        if (generated.Count != own.Count)
        {
            throw new InvalidOperationException($"The embedding generator gave {generated.Count} vectors for {own.Count} inputs.");
        }

        var fresh = new Dictionary<EmbeddingKey, ReadOnlyMemory<float>>();
        foreach (var (item, embedding) in own.Zip(generated))
        {
            item.Embedding = embedding;

            // The cache has no place for how much of a text was used, and that must be said every time.
            if (item.Key is { } key && EmbeddingInput.CutTextOf(embedding) is null)
            {
                CheckStorable(embedding.Vector.Span, key);
                fresh.Add(key, embedding.Vector);
            }
        }

        if (fresh.Count > 0)
        {
            cache.Store(fresh);
        }

        foreach (var (key, vector) in fresh)
        {
            vectors.Add(key, vector);
        }

        result.Usage = generated.Usage;
        result.AdditionalProperties = generated.AdditionalProperties;
    }

    private static void CheckStorable(ReadOnlySpan<float> vector, EmbeddingKey key)
    {
        if (vector.Length != key.Dimension || !TensorPrimitives.IsFiniteAll(vector))
        {
            throw new InvalidOperationException(
                $"The model {key.Model} gave a vector of {vector.Length} numbers where {key.Dimension} finite ones were expected; it was not stored.");
        }
    }

    private EmbeddingKey? KeyOf(AIContent content, string model, int dimension, EmbeddingRole role) => content switch
    {
        DataContent picture when EmbeddingInput.Sha256Of(picture) is { } sha256 => new EmbeddingKey(model, dimension, sha256, role),
        DataContent picture => EmbeddingKey.Of(model, dimension, picture.Data.Span) with { Role = role },
        TextContent { Text: var text } when _caching.KeepsTexts => EmbeddingKey.Of(model, dimension, text) with { Role = role },
        _ => null,
    };

    private (string Model, int Dimension) ModelOf(EmbeddingGenerationOptions? options)
    {
        var metadata = (EmbeddingGeneratorMetadata?)InnerGenerator.GetService(typeof(EmbeddingGeneratorMetadata));
        return (
            options?.ModelId ?? metadata?.DefaultModelId ?? throw Unnamed("model"),
            options?.Dimensions ?? metadata?.DefaultModelDimensions ?? throw Unnamed("dimension"));
    }

    private static InvalidOperationException Unnamed(string what) =>
        new($"The embedding generator names no {what}, so its vectors cannot be cached. Let it answer for EmbeddingGeneratorMetadata.");

    private static Embedding<float> Free(ReadOnlyMemory<float> vector, string model)
    {
        var embedding = new Embedding<float>(vector) { ModelId = model };
        EmbeddingInput.MarkCached(embedding);
        return embedding;
    }

    private sealed class Wanted(AIContent content, EmbeddingKey? key)
    {
        public AIContent Content => content;

        public EmbeddingKey? Key => key;

        public Embedding<float>? Embedding { get; set; }
    }
}
