using System.Runtime.CompilerServices;
using ImageSearch.Collections;
using ImageSearch.Vision;

namespace ImageSearch.Searching;

/// <summary>
/// Has a model look at the best hits of an answer, after the plain answer was given. Nothing that it does delays or loses the plain
/// answer, and what comes out is a permutation of it. Safe for many threads.
/// </summary>
public sealed class JudgedSearch
{
    /// <summary>Most hits that are judged.</summary>
    public const int MostHits = 100;

    /// <summary>Hits that are judged where nobody says how many.</summary>
    public const int UsualHits = 12;

    private const int MostExamples = 2;

    private readonly Judge _judge;
    private readonly HitPictureFiles _files;
    private readonly IImageCollection _collection;
    private readonly QueryPictureReader _readPicture;

    /// <param name="judge">Looks at the pictures.</param>
    /// <param name="files">Reads the files of hits.</param>
    /// <param name="collection">Knows the indexed pictures that queries name.</param>
    /// <param name="readPicture">Reads the pictures that queries name.</param>
    internal JudgedSearch(Judge judge, HitPictureFiles files, IImageCollection collection, QueryPictureReader readPicture) =>
        (_judge, _files, _collection, _readPicture) = (judge, files, collection, readPicture);

    /// <summary>
    /// Judges the first hits of a page: verdicts as they come, in no promised order, and last the page in its new order. What goes wrong
    /// leaves the plain order and is said in the notes; only a cancellation and a query's own faults are thrown. Leaving the loop early stops the model.
    /// </summary>
    /// <param name="query">The query that the page answers.</param>
    /// <param name="page">The plain answer.</param>
    /// <param name="top">How many of its hits are judged, 1 to <see cref="MostHits"/>.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    /// <exception cref="QueryException">A picture of the query cannot be read.</exception>
    public async IAsyncEnumerable<JudgedStep> JudgeAsync(
        SearchQuery query, SearchPage page, int top = UsualHits, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentOutOfRangeException.ThrowIfNotEqual(top, Math.Clamp(top, 1, MostHits));
        var question = await QuestionOfAsync(query, cancellationToken);
        var pictures = question.IsEmpty ? [] : page.Hits.Take(top).Select(PictureOf).ToList();
        await foreach (var step in _judge.JudgeAsync(question, pictures, cancellationToken))
        {
            yield return step switch
            {
                JudgeStep.Judged judged => new JudgedStep.Judged(page.Hits[judged.Index], judged.Verdict),
                JudgeStep.Ended ended => new JudgedStep.Ended(PageOf(query, page, question, ended)),
                _ => throw new InvalidOperationException("unknown kind of step"),
            };
        }
    }

    private static JudgedPage PageOf(SearchQuery query, SearchPage page, JudgeQuestion question, JudgeStep.Ended ended)
    {
        var judged = JudgedPage.Of(page, query.Sort, ended.Verdicts, ended.Report);
        return question.IsEmpty
            ? judged with { Notes = [.. judged.Notes, "Nothing was judged: the query has no words and no picture to judge by."] }
            : judged;
    }

    private JudgePicture PictureOf(SearchHit hit) => new(hit.Picture.Sha256, stopping => _files.ReadAsync(hit.Picture, stopping));

    private async Task<JudgeQuestion> QuestionOfAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var texts = query.Parts.OfType<QueryPart.Text>().ToLookup(text => text.Weight > 0, text => text.Words);
        var examples = new List<ReadOnlyMemory<byte>>();
        foreach (var picture in query.Parts.OfType<QueryPart.Picture>().Where(picture => picture.Weight > 0).Take(MostExamples))
        {
            if (await ExampleAsync(await _readPicture(picture.Path, cancellationToken), cancellationToken) is { } example)
            {
                examples.Add(example);
            }
        }

        string[] unwanted = [.. texts[false], QueryWords.Excluded(query.Filter)];
        return new JudgeQuestion(string.Join("; ", texts[true]), string.Join("; ", unwanted.Where(words => words.Length > 0)), examples);
    }

    /// <summary>The bytes of a query's picture; null where it was indexed and its file is no longer there.</summary>
    private async Task<ReadOnlyMemory<byte>?> ExampleAsync(QueryPicture picture, CancellationToken cancellationToken)
    {
        if (picture.Bytes is not null)
        {
            return picture.Bytes;
        }

        var stored = await _collection.GetAsync(picture.Points, VectorInclusion.Without, cancellationToken);
        try
        {
            return stored is [var point, ..] ? await _files.ReadAsync(point.Payload, cancellationToken) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
