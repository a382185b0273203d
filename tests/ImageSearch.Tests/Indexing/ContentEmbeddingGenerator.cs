using System.Numerics.Tensors;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;

namespace ImageSearch.Tests.Indexing;

/// <summary>A provider as the indexer sees one: a unit vector for each content, and a count of what was asked. It can be told to fail.</summary>
internal sealed class ContentEmbeddingGenerator : IEmbeddingGenerator<AIContent, Embedding<float>>
{
    public const int Dimension = 32;
    public const string Model = "content-test";

    private int _calls;

    /// <summary>Pictures asked for.</summary>
    public int Calls => _calls;

    /// <summary>Runs before each answer, with the number of the call; may throw.</summary>
    public Func<int, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Sees each picture first.</summary>
    public Action<DataContent> Taken { get; set; } = _ => { };

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var picture in values.Cast<DataContent>())
        {
            Taken(picture);
            await Before(Interlocked.Increment(ref _calls), cancellationToken);
            var random = new Random(BitConverter.ToInt32(SHA256.HashData(picture.Data.Span)));
            var vector = Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f).ToArray();
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
            answer.Add(new Embedding<float>(vector) { ModelId = Model });
        }

        return answer;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, Model, Dimension) : null;

    public void Dispose()
    {
    }
}
