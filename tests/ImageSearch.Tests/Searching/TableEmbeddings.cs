using Microsoft.Extensions.AI;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>Embeds by a table, so that a test knows each cosine: texts by their words, pictures by their last byte.</summary>
internal sealed class TableEmbeddings(IReadOnlyDictionary<string, float[]> vectors, string provider = "table")
    : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    private readonly List<string> _embedded = [];

    /// <summary>What was embedded, in order.</summary>
    public IReadOnlyList<string> Embedded => _embedded;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Assert.Equal(EmbeddingRole.Query, EmbeddingInput.RoleOf(options));
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(Embed(value)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(provider) : null;

    public void Dispose()
    {
    }

    private float[] Embed(AIContent value)
    {
        var key = value is TextContent text ? text.Text : $"picture {((DataContent)value).Data.Span[^1]}";
        lock (_embedded)
        {
            _embedded.Add(key);
        }

        return [.. vectors[key]];
    }
}
