using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Makes its inner generator when the first embedding is asked for: who reads, lists or finds everything in the cache needs no
/// credentials and no region. It answers for the model's name and dimension before that. Safe for many threads.
/// </summary>
/// <param name="model">The model's id.</param>
/// <param name="dimension">Numbers in its vectors.</param>
/// <param name="create">Makes the generator, which is disposed with this one.</param>
internal sealed class DeferredEmbeddingGenerator(string model, int dimension, Func<IEmbeddingGenerator<AIContent, Embedding<float>>> create)
    : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new(defaultModelId: model, defaultModelDimensions: dimension);
    private readonly Lazy<IEmbeddingGenerator<AIContent, Embedding<float>>> _inner = new(create);

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _inner.Value.GenerateAsync(values, options, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_inner.IsValueCreated)
        {
            _inner.Value.Dispose();
        }
    }
}
