namespace ImageSearch.Vision;

/// <summary>Something that happens while a question is answered.</summary>
public abstract record AnswerStep
{
    private AnswerStep()
    {
    }

    /// <summary>The next piece of the answer. It counts only when <see cref="Ended"/> comes after it.</summary>
    /// <param name="Text">Its text; no character is divided between two pieces.</param>
    public sealed record Piece(string Text) : AnswerStep;

    /// <summary>The answer is whole.</summary>
    /// <param name="Report">What it took.</param>
    public sealed record Ended(AnswerReport Report) : AnswerStep;
}
