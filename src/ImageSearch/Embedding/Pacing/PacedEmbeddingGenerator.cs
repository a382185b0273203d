using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding.Pacing;

/// <summary>
/// Sends contents to the inner generator as fast as its provider takes them. A content that is throttled is sent again for as long as it
/// takes, and one that fails in a way that may pass, for a while; every other failure goes through at once. Safe for many threads.
/// </summary>
/// <param name="inner">Calls the provider, and does not try again itself.</param>
/// <param name="pace">Shared by all that share the provider's quota; not disposed with it.</param>
/// <param name="contentsInCall">Most contents that the provider takes in one call.</param>
internal sealed class PacedEmbeddingGenerator(
    IEmbeddingGenerator<AIContent, Embedding<float>> inner, CallPace pace, int contentsInCall = 1)
    : DelegatingEmbeddingGenerator<AIContent, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    /// <exception cref="EmbeddingException">The provider gave no embedding of one of them, and waiting does not help; the whole call fails.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var calls = values.Chunk(contentsInCall).ToArray();
        foreach (var content in calls.SelectMany(contents => contents))
        {
            EmbeddingInput.MarkSent(content);
        }

        if (calls is [var only])
        {
            return await EmbedAsync(only, options, cancellationToken);
        }

        var answers = new GeneratedEmbeddings<Embedding<float>>[calls.Length];
        await Parallel.ForAsync(
            0,
            calls.Length,
            new ParallelOptions { MaxDegreeOfParallelism = pace.Options.MostAtOnce, CancellationToken = cancellationToken },
            async (at, stopping) => answers[at] = await EmbedAsync(calls[at], options, stopping));
        return new GeneratedEmbeddings<Embedding<float>>(answers.SelectMany(answer => answer))
        {
            Usage = new UsageDetails { InputTokenCount = answers.Sum(answer => answer.Usage?.InputTokenCount ?? 0) },
        };
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(CallPaceStatus) ? pace.Status : base.GetService(serviceType, serviceKey);

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        AIContent[] contents, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        long? firstFailure = null;
        var failures = 0;
        for (var isRetry = false; ; isRetry = true)
        {
            try
            {
                return await CallAsync(contents, options, isRetry, cancellationToken);
            }
            catch (EmbeddingException refusal) when (refusal.IsTransient)
            {
                if (refusal.Fault == EmbeddingFault.Throttled)
                {
                    // Nothing is wrong with the content: it takes its turn again, and the pace makes it wait.
                    continue;
                }

                firstFailure ??= pace.Time.GetTimestamp();
                if (pace.Time.GetElapsedTime(firstFailure.Value) >= pace.Options.FailurePatience)
                {
                    throw;
                }

                // It may be this content alone that fails: it waits by itself, so that it does not hold up the others.
                await Task.Delay(pace.Backoff(++failures), pace.Time, cancellationToken);
            }
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> CallAsync(
        AIContent[] contents, EmbeddingGenerationOptions? options, bool isRetry, CancellationToken cancellationToken)
    {
        using var slot = await pace.EnterAsync(isRetry, cancellationToken);
        try
        {
            var embeddings = await base.GenerateAsync(contents, options, cancellationToken);
            slot.Outcome = CallOutcome.Answered;
            return embeddings;
        }
        catch (EmbeddingException failure)
        {
            slot.RetryAfter = failure.RetryAfter;
            slot.Outcome = failure switch
            {
                { Fault: EmbeddingFault.Throttled } => CallOutcome.Throttled,
                { Fault: EmbeddingFault.InputRejected } => CallOutcome.Answered,
                { IsTransient: true } => CallOutcome.Failed,
                _ => CallOutcome.Abandoned,
            };
            throw;
        }
    }
}
