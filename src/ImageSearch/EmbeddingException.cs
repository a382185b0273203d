namespace ImageSearch;

/// <summary>A provider gave no embedding. The message says what happened, with the value, and the cure; it holds no secret.</summary>
public sealed class EmbeddingException(EmbeddingFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The kind of fault.</summary>
    public EmbeddingFault Fault { get; } = fault;

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the provider asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
