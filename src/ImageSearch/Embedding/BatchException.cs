namespace ImageSearch.Embedding;

/// <summary>
/// A batch cannot start or go on. The message says what happened, with the value, and the cure; jobs that were submitted go on, and the
/// same command collects them.
/// </summary>
public sealed class BatchException(string message, Exception? innerException = null) : Exception(message, innerException);
