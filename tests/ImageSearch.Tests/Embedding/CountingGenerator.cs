using Microsoft.Extensions.AI;

namespace ImageSearch.Tests.Embedding;

/// <summary>A small generator for the seam of Microsoft.Extensions.AI: the vector is the content's length; calls are recorded, and may be held back or made to fail.</summary>
internal sealed class CountingGenerator : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    public List<IReadOnlyList<AIContent>> Calls { get; } = [];

    /// <summary>What happens inside a call, before it answers; the number of the call from 0.</summary>
    public Func<int, CancellationToken, Task> Inside { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What is done to each embedding before it is answered.</summary>
    public Action<Embedding<float>> Made { get; set; } = _ => { };

    public EmbeddingGeneratorMetadata? Metadata { get; set; } = new("test", null, "counting", 2);

    public static float[] VectorOf(AIContent content) =>
        [content is DataContent data ? data.Data.Length : ((TextContent)content).Text.Length, content is DataContent ? 1 : 2];

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var contents = values.ToArray();
        int call;
        lock (Calls)
        {
            call = Calls.Count;
            Calls.Add(contents);
        }

        await Inside(call, cancellationToken);
        var embeddings = contents.Select(content => new Embedding<float>(VectorOf(content))).ToList();
        embeddings.ForEach(Made);
        return new GeneratedEmbeddings<Embedding<float>>(embeddings) { Usage = new UsageDetails { InputTokenCount = contents.Length } };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata : null;

    public void Dispose()
    {
    }
}
