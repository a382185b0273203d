namespace ImageSearch.Vision;

/// <summary>How <see cref="ConverseChatClient"/> talks to a model.</summary>
public sealed record ConverseOptions
{
    /// <summary>A model's id, an inference profile's id or an ARN.</summary>
    /// <value>The default is Claude Haiku 4.5 through its global profile.</value>
    public string ModelId { get; set; } = VisionModel.DefaultId;

    /// <summary>Id of the guardrail that questions and answers go through.</summary>
    /// <value>The default is null: none.</value>
    public string? GuardrailId { get; set; }

    /// <summary>Version of that guardrail.</summary>
    /// <value>The default is <c>DRAFT</c>.</value>
    public string GuardrailVersion { get; set; } = "DRAFT";

    /// <summary>Most tokens of an answer where a call names no other number.</summary>
    /// <value>The default is 1,024.</value>
    public int MaxOutputTokens { get; set; } = 1024;

    /// <summary>Longest wait for a whole answer, or for the beginning of a streamed one.</summary>
    /// <value>The default is 3 minutes: nothing is sent before a whole answer is complete.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Whether a call that fails in a way that may pass is made again, up to three times in all. False where something above keeps a pace.</summary>
    /// <value>The default is true.</value>
    public bool RetriesFailures { get; set; } = true;

    /// <summary>Longest silence within a streamed answer.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
