namespace ImageSearch.Embedding;

/// <summary>How <see cref="NovaEmbeddingGenerator"/> calls Nova Multimodal Embeddings.</summary>
public sealed record NovaOptions
{
    /// <summary>The model's id or the ARN of a provisioned one.</summary>
    /// <value>The default is <c>amazon.nova-2-multimodal-embeddings-v1:0</c>.</value>
    public string ModelId { get; set; } = BedrockModel.Nova.Id;

    /// <summary>Numbers in a vector: 256, 384, 1,024 or 3,072.</summary>
    /// <value>The default is 1,024.</value>
    public int Dimension { get; set; } = 1024;

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
