using System.Net;

namespace ImageSearch.Qdrant;

/// <summary>A call to Qdrant failed. The message is the server's own text where it gave one.</summary>
/// <param name="kind">The kind of failure.</param>
/// <param name="message">What the server said, or what happened to the connection.</param>
/// <param name="innerException">What lies beneath.</param>
internal sealed class QdrantException(QdrantErrorKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The kind of failure.</summary>
    public QdrantErrorKind Kind { get; } = kind;

    /// <summary>The status of the answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same request may succeed later. Writes may be sent again too: they are idempotent by id.</summary>
    public bool IsTransient { get; init; } = kind is QdrantErrorKind.Unreachable or QdrantErrorKind.TimedOut or QdrantErrorKind.UnreadableAnswer or QdrantErrorKind.Unavailable;
}
