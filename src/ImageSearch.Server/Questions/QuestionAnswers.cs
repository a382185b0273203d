using System.Runtime.CompilerServices;
using ImageSearch.Answers;
using ImageSearch.Server.Events;
using ImageSearch.Vision;

namespace ImageSearch.Server.Questions;

/// <summary>Answers questions about pictures, as the model says it.</summary>
internal sealed class QuestionAnswers(QuestionParts parts, ImageSearchHome home)
{
    /// <summary>Answers a free question.</summary>
    public async IAsyncEnumerable<ServerEvent> AskAsync(AskBody asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gathered = await parts.GatherAsync(asked.Question, asked.Pictures ?? [], cancellationToken);
        if (asked.Q is { } query)
        {
            await parts.AddHitsAsync(gathered, query, asked.Top, cancellationToken);
        }

        var question = await home.Questions.Asker.AskAsync(gathered.Parts, cancellationToken);
        await foreach (var step in home.Questions.Asker.AnswerAsync(question, cancellationToken))
        {
            yield return EventOf(step, gathered);
        }
    }

    /// <summary>Says what differs between pictures.</summary>
    public async IAsyncEnumerable<ServerEvent> CompareAsync(CompareBody asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gathered = await parts.GatherAsync(asked.Question, asked.Pictures, cancellationToken);
        var question = await home.Questions.Asker.CompareAsync(gathered.Parts, cancellationToken);
        await foreach (var step in home.Questions.Asker.AnswerAsync(question, cancellationToken))
        {
            yield return EventOf(step, gathered);
        }
    }

    /// <summary>Reads a value out of pictures.</summary>
    public async Task<JsonExtraction> ExtractAsync(ExtractBody asked, CancellationToken cancellationToken)
    {
        var gathered = await parts.GatherAsync(asked.Instructions, asked.Pictures, cancellationToken);
        var question = await home.Questions.Extractor.PrepareAsync(asked.Schema.GetRawText(), gathered.Parts, cancellationToken);
        return JsonExtraction.Of(await home.Questions.Extractor.ExtractAsync(question, cancellationToken));
    }

    private static ServerEvent EventOf(AnswerStep step, GatheredParts gathered)
    {
        switch (step)
        {
            case AnswerStep.Piece piece:
                return ServerEvent.Of("text", JsonAnswerPiece.Of(piece), ServerJson.Default.JsonAnswerPiece);
            case AnswerStep.Ended ended:
                var end = JsonAnswerEnd.Of(ended.Report);
                return ServerEvent.Of(
                    "end", end with { Pictures = gathered.Names, Notes = [.. end.Notes, .. gathered.Notes] }, ServerJson.Default.JsonAnswerEnd);
            default:
                throw new InvalidOperationException("unknown kind of step");
        }
    }
}
