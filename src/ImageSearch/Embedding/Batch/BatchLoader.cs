using ImageSearch.Bedrock.Model;

namespace ImageSearch.Embedding.Batch;

/// <summary>Takes a job's answers into the embedding cache, each vector checked and made unit length.</summary>
internal sealed class BatchLoader(EmbeddingCache cache, BatchLedger ledger, BatchOutputReader reader, IProgress<BatchStep> progress)
{
    private const int StoredAtOnce = 256;

    /// <summary>Loads what a job that has ended left behind. Doing it twice is doing it once.</summary>
    /// <exception cref="BatchException">Its output cannot be read.</exception>
    /// <exception cref="EmbeddingCacheException">The cache cannot be written.</exception>
    public async Task<BatchStep.Loaded> LoadAsync(BatchPart part, GetModelInvocationJobResponse job, CancellationToken cancellationToken)
    {
        var waiting = ledger.Entries(part).ToDictionary(entry => entry.RecordId);
        var vectors = new Dictionary<EmbeddingKey, ReadOnlyMemory<float>>();
        var (embedded, failed) = (0, 0);
        await foreach (var output in reader.ReadAsync(part.Location, part.OutputName, cancellationToken))
        {
            if (output.RecordId is null || !waiting.Remove(output.RecordId, out var entry))
            {
                continue;
            }

            if (WhyRefused(output, part, out var vector) is { } reason)
            {
                failed++;
                progress.Report(new BatchStep.Refused(entry.Path, reason));
                continue;
            }

            embedded++;
            vectors[new EmbeddingKey(part.Model, part.Dimension, entry.Sha256)] = vector;
            if (vectors.Count == StoredAtOnce)
            {
                cache.Store(vectors);
                vectors.Clear();
            }
        }

        cache.Store(vectors);
        return new BatchStep.Loaded(job.JobArn, job.Status ?? "", embedded, failed, waiting.Count);
    }

    private static string? WhyRefused(BatchOutput output, BatchPart part, out ReadOnlyMemory<float> vector)
    {
        vector = default;
        if (output.Error is { } error)
        {
            return $"{error.ErrorMessage ?? "the service does not say why"} (error {error.ErrorCode})";
        }

        try
        {
            BedrockEmbedder.ThrowIfRefused(part.Model, output.ModelOutput?.Message);
            vector = BedrockEmbedder.Checked(part.Model, part.Dimension, output.ModelOutput?.Embedding).Vector;
            return null;
        }
        catch (EmbeddingException failure)
        {
            return failure.Message;
        }
    }
}
