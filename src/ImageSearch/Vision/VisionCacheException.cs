namespace ImageSearch.Vision;

/// <summary>The file of kept answers cannot be used. The message says why, and the cure.</summary>
public sealed class VisionCacheException(string message, Exception? innerException = null) : Exception(message, innerException);
