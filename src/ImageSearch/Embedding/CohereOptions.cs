namespace ImageSearch.Embedding;

/// <summary>How <see cref="CohereEmbeddingGenerator"/> calls Cohere Embed v4.</summary>
public sealed record CohereOptions
{
    /// <summary>The model's id, or that of an inference profile, for example <c>eu.cohere.embed-v4:0</c>.</summary>
    /// <value>The default is <c>cohere.embed-v4:0</c>.</value>
    public string ModelId { get; set; } = BedrockModel.Cohere.Id;

    /// <summary>Numbers in a vector: 256, 512, 1,024 or 1,536.</summary>
    /// <value>The default is 1,024.</value>
    public int Dimension { get; set; } = 1024;

    /// <summary>Calls in flight for one batch that needs several.</summary>
    /// <value>The default is 2.</value>
    public int CallsAtOnce { get; set; } = 2;

    /// <summary>Longest wait for one answer.</summary>
    /// <value>The default is 60 seconds, because one call may carry 96 pictures.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a call that may succeed later is made again within the generator, three times at most. False where something above it tries
    /// again: attempts would multiply.
    /// </summary>
    /// <value>The default is true.</value>
    public bool RetriesFailures { get; set; } = true;
}
