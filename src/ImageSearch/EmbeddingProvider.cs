namespace ImageSearch;

/// <summary>What makes vectors out of pictures and words.</summary>
public enum EmbeddingProvider
{
    /// <summary>
    /// Computed on this machine from colours, tones, layout and the words that travel with a picture. It needs no account and
    /// costs nothing; it does not recognise objects.
    /// </summary>
    Offline,
}
