using System.Text;
using ImageSearch.Testing;
using ImageSearch.Vision;

namespace ImageSearch.Tests.Vision;

/// <summary>Questions and their parts.</summary>
internal static class Questions
{
    public static QuestionPart Words(string text) => new QuestionPart.Words(text);

    public static QuestionPart Picture(int seed) => new QuestionPart.Material(TinyPicture.Bmp(seed));

    public static QuestionPart Document(int length = 100) => new QuestionPart.Material(Encoding.ASCII.GetBytes("%PDF-1.7\n".PadRight(length, 'x')));

    public static QuestionPart[] Pictures(int count) => [.. Enumerable.Range(1, count).Select(Picture)];

    /// <summary>Answers to the end.</summary>
    public static async Task<(List<string> Pieces, AnswerReport Report)> AnswerAsync(Asker asker, params QuestionPart[] parts)
    {
        var steps = await asker.AnswerAsync(await asker.AskAsync(parts, CancellationToken.None)).ToListAsync();
        return ([.. steps.OfType<AnswerStep.Piece>().Select(piece => piece.Text)], ((AnswerStep.Ended)steps[^1]).Report);
    }
}
