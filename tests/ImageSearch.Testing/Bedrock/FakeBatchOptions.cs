using ImageSearch.Testing.S3;

namespace ImageSearch.Testing.Bedrock;

/// <summary>What batch jobs of a <see cref="FakeBedrock"/> may be: by default the quotas that the service lists for Titan Multimodal Embeddings.</summary>
public sealed record FakeBatchOptions
{
    /// <summary>Where input is read and output written; those of the <see cref="FakeS3"/> beside it.</summary>
    public S3Buckets Buckets { get; init; } = new();

    /// <summary>Fewest records of a job.</summary>
    public int MinRecords { get; init; } = 100;

    /// <summary>Most records of a job.</summary>
    public int MaxRecords { get; init; } = 50_000;

    /// <summary>Largest input file in bytes.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Most jobs that have not ended.</summary>
    public int JobsAtOnce { get; init; } = 20;

    /// <summary>What becomes of jobs for which <see cref="FakeBedrock.ScriptNextJob"/> says nothing.</summary>
    public FakeJobScript Script { get; init; } = new();
}
