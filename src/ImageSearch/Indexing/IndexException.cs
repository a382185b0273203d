using ImageSearch.Collections;

namespace ImageSearch.Indexing;

/// <summary>A run cannot start or go on. The message says what happened, with the value, and the cure; what was done before stays done, and the next run goes on from there.</summary>
public sealed class IndexException(IndexFault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The kind of fault.</summary>
    public IndexFault Fault { get; } = fault;

    internal static IndexException From(CollectionException failure) =>
        new(IndexFault.CollectionUnusable, $"{failure.Message} The run stopped; run again to go on from here.", failure);
}
