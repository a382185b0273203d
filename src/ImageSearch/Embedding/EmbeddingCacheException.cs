namespace ImageSearch.Embedding;

/// <summary>The embedding cache cannot be used. The message says which file, what is wrong with it, and the cure.</summary>
public sealed class EmbeddingCacheException(string message, Exception? innerException = null)
    : Exception(message, innerException);
