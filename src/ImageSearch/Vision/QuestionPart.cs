namespace ImageSearch.Vision;

/// <summary>A part of a question about pictures. Parts are shown to the model in their order.</summary>
public abstract record QuestionPart
{
    private QuestionPart()
    {
    }

    /// <summary>What somebody asks or says.</summary>
    /// <param name="Text">Their words.</param>
    public sealed record Words(string Text) : QuestionPart;

    /// <summary>A picture or a document. A PDF is known by its first bytes; all else must be a picture.</summary>
    /// <param name="Bytes">The whole file. Nothing but its pixels, or the PDF, is sent: no name and no metadata of a picture.</param>
    public sealed record Material(ReadOnlyMemory<byte> Bytes) : QuestionPart;
}
