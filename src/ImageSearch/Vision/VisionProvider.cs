using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>The model that looks at pictures, and its cash box. It is connected to when the first question is asked. Safe for many threads.</summary>
/// <param name="options">Which model, and what it may cost.</param>
/// <param name="run">Where calls are booked.</param>
/// <param name="spentToday">What a model cost today by the ledger, in US dollars.</param>
/// <param name="connect">Makes the client, which is disposed with this.</param>
internal sealed class VisionProvider(VisionOptions options, SpendRun run, Func<string, decimal> spentToday, Func<IChatClient> connect) : IDisposable
{
    private readonly Lazy<IChatClient> _client = new(connect);

    /// <summary>What the model can do.</summary>
    public VisionModel Model { get; } = VisionModel.Of(options.Model);

    /// <summary>What it costs.</summary>
    public ModelPrice Price { get; } = options.Price;

    /// <summary>A provider of the model on Amazon Bedrock.</summary>
    /// <param name="options">Which model, and what it may cost.</param>
    /// <param name="run">Where calls are booked.</param>
    /// <param name="spentToday">What a model cost today by the ledger, in US dollars.</param>
    /// <param name="retriesFailures">Whether the client tries again itself; false below a pace.</param>
    public static VisionProvider OnBedrock(VisionOptions options, SpendRun run, Func<string, decimal> spentToday, bool retriesFailures) =>
        new(options, run, spentToday, () => new ConverseChatClient(new ConverseOptions
        {
            ModelId = options.Model,
            GuardrailId = options.GuardrailId,
            GuardrailVersion = options.GuardrailVersion,
            RetriesFailures = retriesFailures,
        }));

    /// <summary>A client for one question. It is not to be disposed: the connection below is that of all questions.</summary>
    /// <param name="purpose">What for, in one word.</param>
    /// <param name="cap">What the question may cost; afterwards it says what it did.</param>
    /// <exception cref="VisionException">No region is known, or there is a cap and no known price, so that it cannot be kept.</exception>
    public IChatClient Begin(string purpose, SpendCap cap)
    {
        if (!Price.IsKnown && (cap.Dollars ?? run.Cap.Dollars) is not null)
        {
            throw new VisionException(
                VisionFault.CostCapReached,
                $"No price of {options.Model} is known, so that a cap on spending cannot be kept. Set Vision:InputPrice and Vision:OutputPrice.")
            { CostsNothing = true };
        }

        return new MeteredChatClient(_client.Value, Price, run, purpose, new VisionBudget(cap, options.MaxCostPerDay, () => spentToday(options.Model)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }
}
