using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Testing.S3;

/// <summary>What a <see cref="FakeS3"/> holds and whom it knows.</summary>
public sealed record FakeS3Options
{
    /// <summary>The buckets.</summary>
    public S3Buckets Buckets { get; init; } = new();

    /// <summary>Region, keys and clock: those of the <see cref="FakeBedrock"/> beside it.</summary>
    public FakeBedrockOptions Account { get; init; } = new();

    /// <summary>Most keys of one page of a list.</summary>
    public int PageSize { get; init; } = 1000;
}
