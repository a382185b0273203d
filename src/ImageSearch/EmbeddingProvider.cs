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

    /// <summary>Amazon Nova Multimodal Embeddings on Amazon Bedrock. It costs money, and embeds queries in another way than pictures to be found.</summary>
    Nova,

    /// <summary>Cohere Embed v4 on Amazon Bedrock. It costs money, embeds queries in another way than pictures to be found, and takes 96 pictures a call.</summary>
    Cohere,
}
