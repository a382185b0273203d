namespace ImageSearch.Embedding;

/// <summary>How a <see cref="GatheringEmbeddingGenerator"/> forms its groups.</summary>
public sealed record GatheringLimits
{
    /// <summary>Most contents of a group.</summary>
    /// <value>The default is 96.</value>
    public int MaxContents { get; init; } = CohereEmbeddingGenerator.InputsPerCall;

    /// <summary>Most bytes of the pictures of a group.</summary>
    /// <value>The default is 15,000,000.</value>
    public int MaxBytes { get; init; } = CohereEmbeddingGenerator.PictureBytesPerCall;

    /// <summary>Longest wait of the first content for others.</summary>
    /// <value>The default is 20 milliseconds.</value>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMilliseconds(20);
}
