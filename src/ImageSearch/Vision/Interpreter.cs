using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// Has a model read the plain words of a search: as the fields of a query, or in English. A search waits for it, so that its patience is
/// short. Answers are kept, so that the same words are paid for once; a plan, which may count from the day, once a day. Safe for many threads.
/// </summary>
/// <param name="provider">The model.</param>
/// <param name="cache">Opens the file of kept answers.</param>
/// <param name="options">Which model, and what it may cost.</param>
/// <param name="time">The clock of time-outs.</param>
internal sealed class Interpreter(VisionProvider provider, Func<VisionCache> cache, VisionOptions options, TimeProvider time)
{
    /// <summary>What plans are booked as.</summary>
    public const string PlanPurpose = "plan";

    /// <summary>What translations are booked as.</summary>
    public const string TranslationPurpose = "translate";

    /// <summary>Longest text that is read, in UTF-16 units.</summary>
    public const int LongestText = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>The model that reads.</summary>
    public string Model => options.Model;

    /// <summary>What a model reads in the words, as it says it. What goes wrong stands in the answer; only a cancellation is thrown.</summary>
    public Task<Interpretation<PlanAnswer>> PlanAsync(string words, DateOnly today, bool isTranslated, CancellationToken cancellationToken) => TryAskAsync(
        PlanPurpose,
        words,
        [PlanPrompt.Version, today.ToString("O", System.Globalization.CultureInfo.InvariantCulture), isTranslated ? "english" : ""],
        PlanPrompt.Messages(words, today),
        PlanPrompt.Options(isTranslated),
        VisionJson.Default.PlanAnswer,
        cancellationToken);

    /// <summary>The words in English, as a model says them. What goes wrong stands in the answer; only a cancellation is thrown.</summary>
    public Task<Interpretation<TranslationAnswer>> TranslateAsync(string words, CancellationToken cancellationToken) => TryAskAsync(
        TranslationPurpose,
        words,
        [TranslationPrompt.Version],
        TranslationPrompt.Messages(words),
        TranslationPrompt.Options(),
        VisionJson.Default.TranslationAnswer,
        cancellationToken);

    private async Task<Interpretation<T>> TryAskAsync<T>(
        string purpose, string words, string[] circumstances, IReadOnlyList<ChatMessage> messages, ChatOptions form, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new Interpretation<T>(await AskAsync(purpose, words, circumstances, messages, form, type, cancellationToken), null);
        }
        catch (Exception failure) when (failure is VisionException or VisionCacheException or SpendLedgerException)
        {
            return new Interpretation<T>(null, failure.Message);
        }
    }

    private async Task<T> AskAsync<T>(
        string purpose, string words, string[] circumstances, IReadOnlyList<ChatMessage> messages, ChatOptions form, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (words.Length > LongestText)
        {
            throw new VisionException(VisionFault.InputRejected, $"The words are {words.Length} characters long; a model is given {LongestText} at most.") { CostsNothing = true };
        }

        var key = VisionKey.Of(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words))), options.Model, [purpose, .. circumstances]);
        if (cache().Find(key) is { } kept && Read(kept, type) is { } known)
        {
            return known;
        }

        var client = provider.Begin(purpose, new SpendCap(options.MaxCost));
        var longest = options.Timeout < Patience ? options.Timeout : Patience;
        using var patience = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var response = await client.GetResponseAsync(messages, form, either.Token);
            var answer = AnswerOf(response, type);
            cache().Store((key, JsonSerializer.Serialize(answer, type)));
            return answer;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VisionException(VisionFault.TimedOut, FormattableString.Invariant($"{options.Model} did not answer within {longest.TotalSeconds:0.#} seconds."), exception);
        }
    }

    private T AnswerOf<T>(ChatResponse response, JsonTypeInfo<T> type)
        where T : class
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter)
        {
            throw new VisionException(VisionFault.Refused, $"{options.Model} or its guardrail declined to read the words.");
        }

        return response.FinishReason == ChatFinishReason.Stop && Read(response.Text, type) is { } answer
            ? answer
            : throw new VisionException(VisionFault.UnusableAnswer, $"The answer of {options.Model} is not in the form that was asked for, or was cut off.");
    }

    private static T? Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
