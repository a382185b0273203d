using ImageSearch.Vision;

namespace ImageSearch.Answers;

/// <summary>A piece of an answer as it comes: a line or an event of its own. It counts only when a <see cref="JsonAnswerEnd"/> comes after it.</summary>
/// <param name="Text">Its text.</param>
public sealed record JsonAnswerPiece(string Text)
{
    /// <summary><c>text</c>.</summary>
    public string Type { get; init; } = "text";

    /// <summary>The JSON shape of a piece.</summary>
    public static JsonAnswerPiece Of(AnswerStep.Piece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return new JsonAnswerPiece(piece.Text);
    }
}
