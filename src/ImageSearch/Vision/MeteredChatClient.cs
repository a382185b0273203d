using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ImageSearch.Imaging;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// Books what answers cost: the most that a call can cost before it is made, what it used afterwards. A call that would pass a cap is not
/// made. What ends without a word about its use (broken off, timed out, cancelled) counts as paid in full; what the provider refuses costs
/// nothing.
/// </summary>
/// <param name="inner">Gives the answers.</param>
/// <param name="price">What they cost.</param>
/// <param name="run">Where it is booked.</param>
/// <param name="purpose">What for, in one word.</param>
/// <param name="budget">What the question may spend.</param>
internal sealed class MeteredChatClient(IChatClient inner, ModelPrice price, SpendRun run, string purpose, VisionBudget budget)
    : DelegatingChatClient(inner)
{
    // What Claude adds around a tool; the other families add less.
    private const int TokensAroundTools = 700;
    private const int LargestContext = 200_000;
    private const int UsualOutput = 1024;

    private readonly VisionModel _model = VisionModel.Of(price.Model);

    /// <inheritdoc/>
    /// <exception cref="VisionException">There is no answer, or the call would pass a cap.</exception>
    /// <exception cref="SpendLedgerException">The call cannot be booked; it is not made.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var booking = new Booking(this, [.. messages], options);
        try
        {
            var response = await base.GetResponseAsync(booking.Messages, options, cancellationToken);
            booking.Settle(response.Usage);
            return response;
        }
        catch (VisionException failure) when (failure.CostsNothing)
        {
            booking.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="VisionException">There is no answer, it broke off, or the call would pass a cap.</exception>
    /// <exception cref="SpendLedgerException">The call cannot be booked; it is not made.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var booking = new Booking(this, [.. messages], options);
        await using var updates = base.GetStreamingResponseAsync(booking.Messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(updates, booking))
        {
            foreach (var usage in updates.Current.Contents.OfType<UsageContent>())
            {
                booking.Settle(usage.Details);
            }

            yield return updates.Current;
        }
    }

    /// <summary>The most that a call can use. No tokenizer makes more tokens of a text than it has bytes.</summary>
    internal static SpendUsage MostOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options, VisionModel model)
    {
        var contents = messages.SelectMany(message => message.Contents).ToList();
        var pictures = contents.OfType<DataContent>().Where(data => data.HasTopLevelMediaType("image")).ToList();
        var text = Encoding.UTF8.GetByteCount(options?.Instructions ?? "")
            + contents.OfType<TextContent>().Sum(content => (long)Encoding.UTF8.GetByteCount(content.Text))
            + ((options?.ResponseFormat as ChatResponseFormatJson)?.Schema is { } schema ? Encoding.UTF8.GetByteCount(schema.GetRawText()) + TokensAroundTools : 0);
        var documents = contents.OfType<DataContent>().Except(pictures).Sum(document => (long)document.Data.Length);
        var input = text + documents + pictures.Sum(picture => (long)TokensOf(picture, model));
        return new SpendUsage(pictures.Count, Math.Min(input, LargestContext), options?.MaxOutputTokens ?? UsualOutput);
    }

    private static int TokensOf(DataContent picture, VisionModel model)
    {
        var info = ImageIdentifier.Identify(picture.Data.Span, ImageLimits.Default);
        return model.TokensOf(info.Width, info.Height);
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, Booking booking)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (VisionException failure) when (failure.CostsNothing)
        {
            booking.Release();
            throw;
        }
    }

    private SpendReservation Reserve(SpendUsage most)
    {
        var amount = price.Of(most);
        if (budget.OfTheDay is { } day && budget.SpentToday() + amount > day)
        {
            throw CapReached(amount, $"the day's cap of {Dollars(day)}: {Dollars(budget.SpentToday())} is spent or under way (Vision:MaxCostPerDay)");
        }

        if (!budget.OfTheQuestion.TryTake(amount))
        {
            throw CapReached(amount, $"the question's cap of {Dollars(budget.OfTheQuestion.Dollars ?? 0)}: {Dollars(budget.OfTheQuestion.Taken)} is spent or under way (Vision:MaxCost)");
        }

        if (run.TryReserve(price, purpose, most) is { } reservation)
        {
            return reservation;
        }

        budget.OfTheQuestion.GiveBack(amount);
        throw CapReached(amount, $"the cap of {Dollars(run.Cap.Dollars ?? 0)}: {Dollars(run.Cap.Taken)} is spent or under way (--max-cost, Spending:MaxCost)");
    }

    private void GiveBack(SpendUsage most, SpendUsage used) => budget.OfTheQuestion.GiveBack(price.Of(most) - price.Of(used));

    private VisionException CapReached(decimal amount, string cap) => new(
        VisionFault.CostCapReached, $"The next call of {price.Model} may cost {Dollars(amount)} and would pass {cap}. To go on, give a higher cap or none.")
    { CostsNothing = true };

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00####}");

    /// <summary>One call in the books, from before it is made to its end.</summary>
    private sealed class Booking : IDisposable
    {
        private readonly MeteredChatClient _meter;
        private readonly SpendUsage _most;
        private readonly SpendReservation _reservation;
        private bool _isEnded;

        public Booking(MeteredChatClient meter, List<ChatMessage> messages, ChatOptions? options)
        {
            (_meter, Messages) = (meter, messages);
            _most = MostOf(messages, options, meter._model);
            _reservation = meter.Reserve(_most);
        }

        public List<ChatMessage> Messages { get; }

        public void Settle(UsageDetails? usage)
        {
            var used = usage is null ? _most : new SpendUsage(_most.Pictures, usage.InputTokenCount ?? _most.InputTokens, usage.OutputTokenCount ?? _most.OutputTokens);
            End(() => _reservation.Settle(used), used);
        }

        public void Release() => End(_reservation.Release, default);

        public void Dispose() => End(_reservation.Dispose, _most);

        private void End(Action book, SpendUsage used)
        {
            if (!_isEnded)
            {
                _isEnded = true;
                book();
                _meter.GiveBack(_most, used);
            }
        }
    }
}
