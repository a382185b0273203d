namespace ImageSearch.Collections;

/// <summary>A collection cannot be used. The message says what happened, with the value, and the cure.</summary>
public sealed class CollectionException(CollectionFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The kind of fault.</summary>
    public CollectionFault Fault { get; } = fault;
}
