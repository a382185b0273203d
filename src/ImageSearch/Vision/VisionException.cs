namespace ImageSearch.Vision;

/// <summary>A model gave no answer about pictures. The message says what happened, with the value, and the cure; it holds no secret.</summary>
public sealed class VisionException(VisionFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The kind of fault.</summary>
    public VisionFault Fault { get; } = fault;

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the provider asks to wait; null where it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the call reached nobody or was answered with an error, so that it cost nothing.</summary>
    internal bool CostsNothing { get; init; }
}
