namespace ImageSearch.Server.Questions;

/// <summary>A part of a question: one of an indexed picture, an uploaded one, and words.</summary>
internal sealed record AskedPart
{
    /// <summary>The id of an indexed picture.</summary>
    public Guid? Id { get; init; }

    /// <summary>The name of an uploaded picture, as the upload gave it.</summary>
    public string? Upload { get; init; }

    /// <summary>Words between pictures.</summary>
    public string? Text { get; init; }
}
