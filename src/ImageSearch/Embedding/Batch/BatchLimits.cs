namespace ImageSearch.Embedding.Batch;

/// <summary>
/// What a job may hold: the quotas that Amazon Bedrock lists for Titan Multimodal Embeddings. An account's own are in the AWS console under
/// Service Quotas.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/general/latest/gr/bedrock.html"/>
internal sealed record BatchLimits
{
    /// <summary>Fewest records of a job.</summary>
    public int MinRecords { get; init; } = 100;

    /// <summary>Most records of a job.</summary>
    public int MaxRecords { get; init; } = 50_000;

    /// <summary>Largest input file, in bytes; the service's 1 GB is taken for the smaller of its two meanings.</summary>
    public long MaxFileBytes { get; init; } = 1_000_000_000;
}
