using ImageSearch.Pacing;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

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

    private Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        AIContent[] contents, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        pace.CallAsync(token => base.GenerateAsync(contents, options, token), RefusalOf, cancellationToken);

    private static CallRefusal RefusalOf(Exception failure) => failure switch
    {
        EmbeddingException { IsTransient: true, Fault: EmbeddingFault.Throttled } throttle => new(CallOutcome.Throttled, throttle.RetryAfter),
        EmbeddingException { Fault: EmbeddingFault.InputRejected } => new(CallOutcome.Answered),
        EmbeddingException { IsTransient: true } passing => new(CallOutcome.Failed, passing.RetryAfter),
        _ => new(CallOutcome.Abandoned),
    };
}
