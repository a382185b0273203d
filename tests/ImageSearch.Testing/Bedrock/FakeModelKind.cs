namespace ImageSearch.Testing.Bedrock;

/// <summary>What a model of the stand-in answers to.</summary>
internal enum FakeModelKind
{
    /// <summary>InvokeModel with Titan Multimodal Embeddings' body.</summary>
    TitanImageEmbedding,

    /// <summary>InvokeModel with Nova Multimodal Embeddings' body.</summary>
    NovaEmbedding,

    /// <summary>InvokeModel with Cohere Embed v4's body.</summary>
    CohereEmbedding,

    /// <summary>Converse, and InvokeModel with a prompt.</summary>
    Conversation,

    /// <summary>Nothing any more.</summary>
    Retired,
}
