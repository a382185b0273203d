using System.Text;
using System.Text.Json;
using ImageSearch.Spending;
using ImageSearch.Vision.Schemas;

namespace ImageSearch.Vision;

/// <summary>
/// Has a model read facts out of pictures and documents into JSON of a given schema, and checks what it gives against that schema. What fits is
/// kept, so that it is paid for once; what does not fit is shown with its failures and never mended. Safe for many threads.
/// </summary>
public sealed class Extractor
{
    private readonly QuestionDesk _desk;

    internal Extractor(QuestionDesk desk) => _desk = desk;

    /// <summary>Makes the reading ready. Nothing is sent.</summary>
    /// <param name="schema">
    /// The JSON schema of an object, with the keywords of draft 2020-12 that docs/vision.md lists; any other is refused. It goes to the model as it is.
    /// </param>
    /// <param name="parts">Pictures and documents, and words where something is to be said beside them.</param>
    /// <param name="cancellationToken">Ends the fitting of pictures.</param>
    /// <exception cref="QuestionException">It cannot be asked as it stands: the schema is none, there is no picture, one cannot be read, there are too many.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    /// <exception cref="Imaging.ImageLibraryException">libvips is not installed.</exception>
    public Task<PreparedQuestion> PrepareAsync(string schema, IReadOnlyList<QuestionPart> parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(parts);
        return _desk.PrepareAsync(QuestionForms.Extract(JsonSchema.Parse(schema)), parts, cancellationToken);
    }

    /// <summary>Reads, and checks what was read.</summary>
    /// <param name="question">A question of this extractor.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    /// <exception cref="VisionException">The model gives no value: it declines, is late, is cut off, breaks off, answers without JSON, or would cost too much.</exception>
    /// <exception cref="SpendLedgerException">The call cannot be booked; it is not made.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    public async Task<Extraction> ExtractAsync(PreparedQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var schema = question.Form.Schema ?? throw new ArgumentException("The question asks for no value.", nameof(question));
        var answer = new StringBuilder();
        AnswerReport? report = null;
        await foreach (var step in _desk.AnswerAsync(question, cancellationToken))
        {
            _ = step is AnswerStep.Piece piece ? answer.Append(piece.Text) : answer;
            report = (step as AnswerStep.Ended)?.Report ?? report;
        }

        var value = ValueOf(answer.ToString());
        var failures = schema.Check(value);
        if (question.Kept is null && failures.Count == 0)
        {
            _desk.Keep(question, answer.ToString());
        }

        return new Extraction(value, failures, report ?? throw new InvalidOperationException("the answer has no end"));
    }

    private JsonElement ValueOf(string answer)
    {
        try
        {
            return JsonElement.Parse(answer, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException failure)
        {
            throw new VisionException(
                VisionFault.UnusableAnswer, $"The answer of {_desk.Options.Model} does not count: it is not one JSON value ({ModelText.OneLine(failure.Message, 200)}). Ask again, or with a simpler schema.", failure);
        }
    }
}
