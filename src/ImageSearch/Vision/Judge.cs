using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using ImageSearch.Imaging;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// Shows a model small pictures behind random labels and asks which of them show what is searched for. What comes back is read by label as
/// it comes; an answer counts whole or not at all. Verdicts are kept, so that the same question about the same picture is paid for once.
/// Safe for many threads.
/// </summary>
/// <param name="provider">The model.</param>
/// <param name="cache">Opens the file of kept answers.</param>
/// <param name="options">What the model is shown, and what it may cost.</param>
/// <param name="limits">Ceilings for pictures.</param>
/// <param name="time">The clock of time-outs.</param>
/// <param name="random">Makes the labels.</param>
internal sealed class Judge(VisionProvider provider, Func<VisionCache> cache, VisionOptions options, ImageLimits limits, TimeProvider time, Random random)
{
    /// <summary>What calls are booked as.</summary>
    public const string Purpose = "judge";

    private readonly PictureLabels _labels = new(random);
    private readonly PictureSize _size = new(options.PictureSide, options.PictureTokens);

    /// <summary>Judges pictures: verdicts as they come, and last <see cref="JudgeStep.Ended"/>. What goes wrong stands there; only a cancellation is thrown.</summary>
    public async IAsyncEnumerable<JudgeStep> JudgeAsync(
        JudgeQuestion question, IReadOnlyList<JudgePicture> pictures, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sitting = new JudgeSitting(pictures.Count, options, provider.Price);
        await using var steps = RunAsync(question, pictures, sitting, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(steps, sitting, cancellationToken))
        {
            yield return steps.Current;
        }

        yield return sitting.End();
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<JudgeStep> steps, JudgeSitting sitting, CancellationToken cancellationToken)
    {
        try
        {
            return await steps.MoveNextAsync();
        }
        catch (Exception failure) when (failure is VisionException or VisionCacheException or SpendLedgerException or ImageLibraryException)
        {
            sitting.Fail(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            sitting.Fail(FormattableString.Invariant($"{options.Model} did not answer within {options.Timeout.TotalSeconds:0.#} seconds."));
        }

        return false;
    }

    private async IAsyncEnumerable<JudgeStep> RunAsync(
        JudgeQuestion question, IReadOnlyList<JudgePicture> pictures, JudgeSitting sitting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new List<int>();
        for (var index = 0; index < pictures.Count; index++)
        {
            if (Kept(KeyOf(pictures[index].Sha256, question)) is { } verdict)
            {
                sitting.Keep(index, verdict);
                yield return new JudgeStep.Judged(index, verdict);
            }
            else
            {
                open.Add(index);
            }
        }

        if (open.Count == 0)
        {
            yield break;
        }

        var client = provider.Begin(Purpose, sitting.Cap);
        var examples = question.Examples.Select(example => ShownPicture.Of(example, provider.Model, _size, limits, cancellationToken)).ToList();
        foreach (var window in open.Chunk(Math.Max(1, provider.Model.MostPictures - examples.Count)))
        {
            var offered = await ShowAsync(window, pictures, sitting, cancellationToken);
            var call = new JudgeCall(question, examples, offered, _labels.Next(offered.Count));
            await foreach (var step in AskAsync(client, call, sitting, cancellationToken))
            {
                yield return step;
            }

            if (sitting.HasFailed)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<JudgeStep> AskAsync(
        IChatClient client, JudgeCall call, JudgeSitting sitting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (call.Offered.Count == 0)
        {
            yield break;
        }

        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var answer = new JudgeAnswer(call.Labels);
        ChatFinishReason? reason = null;
        sitting.Begin(call.Offered);
        await foreach (var update in client.GetStreamingResponseAsync(call.Messages, JudgePrompt.Options(call.Labels), either.Token))
        {
            reason ??= update.FinishReason;
            sitting.Count(update.Contents.OfType<UsageContent>());
            foreach (var (place, verdict) in answer.Take(update.Text))
            {
                yield return new JudgeStep.Judged(call.Offered[place].Index, verdict);
            }

            if (answer.IsTooLong)
            {
                break;
            }
        }

        if (answer.Problem(reason) is { } problem)
        {
            sitting.Fail($"The answer of {options.Model} does not count: {problem}.");
            yield break;
        }

        sitting.Accept(call.Offered, answer.Verdicts);
        cache().Store([.. call.Offered.Zip(answer.Verdicts, (picture, verdict) =>
            (KeyOf(picture.Sha256, call.Question), JsonSerializer.Serialize(verdict!, VisionJson.Default.JudgeVerdict)))]); // every verdict is there: the answer has no problem
    }

    /// <summary>The pictures of a window, fitted; those that cannot be read are passed over.</summary>
    private async Task<List<OfferedPicture>> ShowAsync(int[] window, IReadOnlyList<JudgePicture> pictures, JudgeSitting sitting, CancellationToken cancellationToken)
    {
        var shown = new OfferedPicture?[window.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, window.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (place, stopping) => shown[place] = await ShowAsync(window[place], pictures[window[place]], stopping));
        var offered = shown.OfType<OfferedPicture>().ToList();
        sitting.PassOver(window.Length - offered.Count);
        return offered;
    }

    private async Task<OfferedPicture?> ShowAsync(int index, JudgePicture picture, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await picture.ReadAsync(cancellationToken);
            return new OfferedPicture(
                index, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), ShownPicture.Of(bytes, provider.Model, _size, limits, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ImageFormatException)
        {
            return null;
        }
    }

    private JudgeVerdict? Kept(VisionKey key)
    {
        try
        {
            return cache().Find(key) is { } answer ? JsonSerializer.Deserialize(answer, VisionJson.Default.JudgeVerdict) : null;
        }
        catch (JsonException)
        {
            // Written by something else: asked for again, and replaced.
            return null;
        }
    }

    private VisionKey KeyOf(string sha256, JudgeQuestion question) => VisionKey.Of(
        sha256,
        options.Model,
        [
            Purpose, JudgePrompt.Version, question.Wanted, question.Unwanted, $"{_size.Side} {_size.Tokens}",
            .. question.Examples.Select(example => Convert.ToHexStringLower(SHA256.HashData(example.Span))),
        ]);
}
