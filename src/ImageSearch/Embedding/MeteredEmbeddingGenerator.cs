using System.Text;
using ImageSearch.Bedrock;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Books what embeddings cost: the most that a call can cost before it is made, what it really used afterwards. A call that would pass
/// the run's cap is not made. Each call of the inner generator must be one call of the provider. Safe for many threads.
/// </summary>
/// <remarks>
/// The assumption about failed calls: what the provider answers with an error costs nothing, and neither does what never reached it. A
/// call that was sent and not answered (broken off, timed out, cancelled), or answered with what is no embedding, counts as paid in full.
/// </remarks>
/// <param name="inner">Makes the vectors.</param>
/// <param name="price">What they cost. Words that travel with a picture are not priced: the models are not sent them.</param>
/// <param name="run">Where it is booked.</param>
internal sealed class MeteredEmbeddingGenerator(IEmbeddingGenerator<AIContent, Embedding<float>> inner, ModelPrice price, SpendRun run)
    : DelegatingEmbeddingGenerator<AIContent, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    /// <exception cref="EmbeddingException">The call would pass the cap (<see cref="EmbeddingFault.CostCapReached"/>), or the provider gave no embedding.</exception>
    /// <exception cref="SpendLedgerException">The call cannot be booked; it is not made.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        cancellationToken.ThrowIfCancellationRequested();
        AIContent[] contents = [.. values];
        var most = MostOf(contents);
        using var reservation = run.TryReserve(price, PurposeOf(options), most) ?? throw CapReached(most);
        try
        {
            var generated = await base.GenerateAsync(contents, options, cancellationToken);

            // Tokens beyond what the texts can have are those of pictures, which have a price of their own.
            reservation.Settle(most with { InputTokens = Math.Min(generated.Usage?.InputTokenCount ?? most.InputTokens, most.InputTokens) });
            return generated;
        }
        catch (EmbeddingException failure) when (CostsNothing(failure))
        {
            reservation.Release();
            throw;
        }
    }

    /// <summary>The name under which calls of a role are booked.</summary>
    public static string PurposeOf(EmbeddingRole role) => role == EmbeddingRole.Query ? "query" : "document";

    private static string PurposeOf(EmbeddingGenerationOptions? options) => PurposeOf(EmbeddingInput.RoleOf(options));

    // No tokenizer of these models is public; none makes more tokens of a text than it has bytes.
    private static SpendUsage MostOf(AIContent[] contents) => new(
        contents.Count(content => content is DataContent),
        contents.OfType<TextContent>().Sum(text => (long)Encoding.UTF8.GetByteCount(text.Text)));

    private static bool CostsNothing(EmbeddingException failure) => failure.Fault switch
    {
        EmbeddingFault.InputRejected or EmbeddingFault.Throttled or EmbeddingFault.QuotaExhausted or EmbeddingFault.AccessRefused
            or EmbeddingFault.ModelUnavailable or EmbeddingFault.CostCapReached => true,
        EmbeddingFault.ProviderFailed => failure.InnerException is BedrockException refusal && ((int)refusal.StatusCode >= 400 || WasNeverSent(refusal)),
        _ => false,
    };

    private static bool WasNeverSent(Exception failure) =>
        failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        }
        || (failure.InnerException is { } cause && WasNeverSent(cause));

    private EmbeddingException CapReached(SpendUsage most) => new(
        EmbeddingFault.CostCapReached,
        FormattableString.Invariant($"The next call of {price.Model} may cost ${price.Of(most):0.00######} and would pass the cap of ${run.Cap.Dollars:0.00######}: ${run.Cap.Taken:0.00######} is spent or under way. To go on, give a higher cap (--max-cost, Spending:MaxCost) or none."));
}
