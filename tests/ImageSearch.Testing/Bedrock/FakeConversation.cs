namespace ImageSearch.Testing.Bedrock;

/// <summary>What a conversation model was shown.</summary>
/// <param name="ModelId">The model as it was called.</param>
/// <param name="Text">All text blocks of the messages, joined by line breaks.</param>
/// <param name="Pictures">How many pictures were shown.</param>
/// <param name="ForcedTool">The tool that the request insists on, or null.</param>
public sealed record FakeConversation(string ModelId, string Text, int Pictures, string? ForcedTool)
{
    /// <summary>The system's text, joined by line breaks.</summary>
    public string System { get; init; } = "";

    /// <summary>The pictures in order.</summary>
    public IReadOnlyList<FakePicture> Shown { get; init; } = [];

    /// <summary>How many documents were shown.</summary>
    public int Documents { get; init; }

    /// <summary>The JSON schema that the answer's text must follow; null where words will do.</summary>
    public string? Schema { get; init; }
}
