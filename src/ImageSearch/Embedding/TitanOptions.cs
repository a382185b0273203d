namespace ImageSearch.Embedding;

/// <summary>How <see cref="TitanEmbeddingGenerator"/> calls Titan Multimodal Embeddings.</summary>
public sealed record TitanOptions
{
    /// <summary>The model's id or the ARN of a provisioned one.</summary>
    /// <value>The default is <c>amazon.titan-embed-image-v1</c>.</value>
    public string ModelId { get; set; } = BedrockModel.Titan.Id;

    /// <summary>Numbers in a vector: 256, 384 or 1,024.</summary>
    /// <value>The default is 1,024.</value>
    public int Dimension { get; set; } = 1024;

    /// <summary>Most tokens of a text; a longer one is cut. The service's pages say 128 in some versions and 256 in others.</summary>
    /// <value>The default is 128.</value>
    public int MaxTextTokens { get; set; } = 128;

    /// <summary>Whether the words that travel with a picture are embedded with it.</summary>
    /// <value>The default is <see cref="TitanWords.Ignored"/>: vectors of pictures can then be kept by content, and moves cost nothing.</value>
    public TitanWords Words { get; set; }

    /// <summary>Calls in flight for one batch; the model takes one input a call.</summary>
    /// <value>The default is 8.</value>
    public int CallsAtOnce { get; set; } = 8;

    /// <summary>Longest wait for one answer.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a call that may succeed later is made again within the generator, three times at most. False where something above it tries
    /// again: attempts would multiply.
    /// </summary>
    /// <value>The default is true.</value>
    public bool RetriesFailures { get; set; } = true;
}
