using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Imaging;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// Puts questions about pictures to a model, and hands on what it says as it says it. What goes wrong is thrown; what came before stays as it
/// is. Safe for many threads.
/// </summary>
/// <param name="provider">The model.</param>
/// <param name="cache">Opens the file of kept answers.</param>
/// <param name="options">Which model, and what it may cost.</param>
/// <param name="limits">Ceilings for pictures.</param>
/// <param name="time">The clock of time-outs.</param>
internal sealed class QuestionDesk(VisionProvider provider, Func<VisionCache> cache, VisionOptions options, ImageLimits limits, TimeProvider time)
{
    private const int MostFiles = 100;
    private const int LongestWords = 20_000;
    private const int LongestAnswer = 100_000;

    /// <summary>The options of the model.</summary>
    public VisionOptions Options => options;

    /// <summary>Makes a question ready: pictures fitted, its cost estimated, its answer looked for among those that are kept. Nothing is sent.</summary>
    /// <exception cref="QuestionException">It cannot be asked as it stands.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public async Task<PreparedQuestion> PrepareAsync(QuestionForm form, IReadOnlyList<QuestionPart> parts, CancellationToken cancellationToken)
    {
        var files = parts.OfType<QuestionPart.Material>().Select(file => file.Bytes).ToList();
        var material = new QuestionMaterial(provider.Model, options.Model, limits);
        Check(parts, files.Count);
        material.Check(files);
        var key = KeyOf(form, parts, QuestionMaterial.HashesOf(files));
        var documents = files.Count(file => QuestionMaterial.IsDocument(file.Span));
        if (cache().Find(key) is { } kept)
        {
            return new PreparedQuestion(form, key, new QuestionEstimate(options.Model, files.Count - documents, documents, 0, 0, IsKept: true)) { Kept = kept };
        }

        IReadOnlyList<ChatMessage> messages = [new ChatMessage(ChatRole.User, Contents(parts, await material.FitAsync(files, cancellationToken)))];
        var most = MeteredChatClient.MostOf(messages, form.Options, provider.Model);
        var cost = provider.Price.IsKnown ? provider.Price.Of(most) : (decimal?)null;
        return new PreparedQuestion(form, key, new QuestionEstimate(options.Model, files.Count - documents, documents, most.InputTokens, cost, IsKept: false))
        {
            Messages = messages,
            Notes = NotesOn(files.Count - documents),
        };
    }

    /// <summary>Answers a question: what the model says, in pieces as they come, and last <see cref="AnswerStep.Ended"/>. Leaving the loop early stops the model.</summary>
    /// <exception cref="VisionException">The model gives no answer, not within <see cref="VisionOptions.Timeout"/> of the question or of the last piece, not to its end, or declines.</exception>
    /// <exception cref="SpendLedgerException">The call cannot be booked; it is not made.</exception>
    public async IAsyncEnumerable<AnswerStep> AnswerAsync(PreparedQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (question.Kept is { } kept)
        {
            yield return new AnswerStep.Piece(kept);
            yield return new AnswerStep.Ended(new AnswerReport(options.Model, 0, 0, 0, IsKept: true, question.Notes));
            yield break;
        }

        var cap = new SpendCap(options.MaxCost);
        var client = provider.Begin(question.Form.Purpose, cap);
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var (usage, length, reason) = (new UsageDetails(), 0, (ChatFinishReason?)null);
        await using var updates = client.GetStreamingResponseAsync(question.Messages, question.Form.Options, either.Token).GetAsyncEnumerator(either.Token);
        while (length <= LongestAnswer && await NextAsync(updates, patience, cancellationToken))
        {
            reason ??= updates.Current.FinishReason;
            foreach (var used in updates.Current.Contents.OfType<UsageContent>())
            {
                usage.Add(used.Details);
            }

            if (updates.Current.Text is { Length: > 0 } piece)
            {
                length += piece.Length;
                yield return new AnswerStep.Piece(piece);
            }
        }

        Check(reason, length);
        yield return new AnswerStep.Ended(new AnswerReport(
            options.Model, usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, provider.Price.IsKnown ? cap.Taken : null, IsKept: false, question.Notes));
    }

    /// <summary>Keeps a whole answer.</summary>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    public void Keep(PreparedQuestion question, string answer) => cache().Store((question.Key, answer));

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        try
        {
            patience.CancelAfter(options.Timeout);
            var isMore = await updates.MoveNextAsync();

            // Whoever reads the piece may take their time.
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return isMore;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VisionException(
                VisionFault.TimedOut, FormattableString.Invariant($"{options.Model} said nothing for {options.Timeout.TotalSeconds:0.#} seconds (Vision:TimeoutSeconds). Ask again, or about less at once."), exception);
        }
    }

    private void Check(ChatFinishReason? reason, int length)
    {
        var (fault, problem) = reason == ChatFinishReason.ContentFilter ? (VisionFault.Refused, "it was refused by the model or its guardrail. Ask otherwise, or about other pictures")
            : reason == ChatFinishReason.Length || length > LongestAnswer ? (VisionFault.UnusableAnswer, "it was cut off before its end. Ask for less at once")
            : reason != ChatFinishReason.Stop ? (VisionFault.UnusableAnswer, "it did not end as it should. Ask again")
            : length == 0 ? (VisionFault.UnusableAnswer, "it is empty. Ask otherwise, or again")
            : default;
        if (problem is not null)
        {
            throw new VisionException(fault, $"The answer of {options.Model} does not count: {problem}.");
        }
    }

    private static void Check(IReadOnlyList<QuestionPart> parts, int files)
    {
        if (files is 0 or > MostFiles)
        {
            throw new QuestionException(files == 0 ? "There is no picture to ask about. Name at least one." : $"There are {files} files. Ask about at most {MostFiles} at once.");
        }

        if (parts.OfType<QuestionPart.Words>().Sum(words => words.Text.Length) is var length and > LongestWords)
        {
            throw new QuestionException($"The question has {length} characters. Ask with at most {LongestWords}.");
        }
    }

    /// <summary>The parts in order, each picture and document behind its number.</summary>
    private static List<AIContent> Contents(IReadOnlyList<QuestionPart> parts, IReadOnlyList<DataContent> fitted)
    {
        var contents = new List<AIContent>();
        var (file, pictures, documents) = (0, 0, 0);
        foreach (var part in parts)
        {
            if (part is QuestionPart.Words words)
            {
                contents.Add(new TextContent(words.Text));
                continue;
            }

            var content = fitted[file++];
            contents.Add(new TextContent(content.HasTopLevelMediaType("image") ? $"Picture {++pictures}:" : $"Document {++documents}:"));
            contents.Add(content);
        }

        return contents;
    }

    private static IReadOnlyList<string> NotesOn(int pictures) =>
        QuestionMaterial.SizeOf(pictures).Tokens is var tokens && tokens < QuestionMaterial.MostTokensOfPicture
            ? [$"Each of the {pictures} pictures is shown with at most {tokens} tokens; fewer at once are shown larger."]
            : [];

    private VisionKey KeyOf(QuestionForm form, IReadOnlyList<QuestionPart> parts, IReadOnlyList<string> hashes)
    {
        var file = 0;
        return VisionKey.Of(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes)))),
            options.Model,
            [
                form.Purpose, form.Version, form.Instructions, form.Schema?.Root.GetRawText() ?? "", options.GuardrailId ?? "", options.GuardrailVersion,
                .. parts.Select(part => part is QuestionPart.Words words ? $"words {words.Text}" : $"file {hashes[file++]}"),
            ]);
    }
}
