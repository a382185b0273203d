namespace ImageSearch;

/// <summary>What makes vectors out of pictures and words.</summary>
public enum EmbeddingProvider
{
    /// <summary>
    /// Computed on this machine from colours, tones, layout and the words that travel with a picture. It needs no account and
    /// costs nothing; it does not recognise objects.
    /// </summary>
    Offline,

    /// <summary>Amazon Titan Multimodal Embeddings on Amazon Bedrock. It knows what a picture shows; it needs an AWS account and costs money.</summary>
    Titan,
}
