using System.Runtime.CompilerServices;
using System.Text;
using ImageSearch.Spending;

namespace ImageSearch.Vision;

/// <summary>Asks a model about pictures, and hands on its words as they come. Whole answers are kept, so that the same question about the same pictures is paid for once. Safe for many threads.</summary>
public sealed class Asker
{
    private readonly QuestionDesk _desk;

    internal Asker(QuestionDesk desk) => _desk = desk;

    /// <summary>Makes a free question ready. Nothing is sent.</summary>
    /// <param name="parts">Words and pictures as they are to be read, in order.</param>
    /// <param name="cancellationToken">Ends the fitting of pictures.</param>
    /// <exception cref="QuestionException">It cannot be asked as it stands: nothing is asked, there is no picture, one cannot be read, there are too many.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    /// <exception cref="Imaging.ImageLibraryException">libvips is not installed.</exception>
    public Task<PreparedQuestion> AskAsync(IReadOnlyList<QuestionPart> parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.OfType<QuestionPart.Words>().All(words => string.IsNullOrWhiteSpace(words.Text))
            ? throw new QuestionException("Nothing is asked. Give a question in words.")
            : _desk.PrepareAsync(QuestionForms.Ask, parts, cancellationToken);
    }

    /// <summary>Makes the question ready what differs between pictures. Nothing is sent.</summary>
    /// <param name="parts">Two pictures or more, and words where something is asked beside it.</param>
    /// <param name="cancellationToken">Ends the fitting of pictures.</param>
    /// <exception cref="QuestionException">It cannot be asked as it stands: there are fewer than two pictures, one cannot be read, there are too many.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    /// <exception cref="Imaging.ImageLibraryException">libvips is not installed.</exception>
    public Task<PreparedQuestion> CompareAsync(IReadOnlyList<QuestionPart> parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.OfType<QuestionPart.Material>().Count() is var files && files < 2
            ? throw new QuestionException($"There {(files == 1 ? "is one picture" : "are no pictures")} to compare. Name two or more.")
            : _desk.PrepareAsync(QuestionForms.Compare(_desk.Options.Language), parts, cancellationToken);
    }

    /// <summary>
    /// Answers a question: its text in pieces as they come, and last <see cref="AnswerStep.Ended"/>. Line breaks and tabs are the only control
    /// characters; a picture may have told the model what to say, so that it is to be escaped wherever it is shown. Leaving the loop early stops the model.
    /// </summary>
    /// <param name="question">A question of this asker.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    /// <exception cref="VisionException">The model gives no whole answer: it declines, is late, is cut off, breaks off, or would cost too much. The pieces that came do not count.</exception>
    /// <exception cref="SpendLedgerException">The call cannot be booked; it is not made.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    public async IAsyncEnumerable<AnswerStep> AnswerAsync(PreparedQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var (plain, answer) = (new PlainPieces(), new StringBuilder());
        await foreach (var step in _desk.AnswerAsync(question, cancellationToken))
        {
            if (step is AnswerStep.Piece piece)
            {
                var text = plain.Take(piece.Text);
                _ = answer.Append(text);
                if (text.Length > 0)
                {
                    yield return new AnswerStep.Piece(text);
                }

                continue;
            }

            if (question.Kept is null)
            {
                _desk.Keep(question, answer.ToString());
            }

            yield return step;
        }
    }
}
