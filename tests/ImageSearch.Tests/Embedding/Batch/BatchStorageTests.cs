using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Batch;
using ImageSearch.Testing;
using ImageSearch.Testing.S3;
using Xunit;

namespace ImageSearch.Tests.Embedding.Batch;

public sealed class BatchStorageTests
{
    [Fact]
    public async Task A_large_file_goes_up_in_signed_parts_and_comes_back_the_same()
    {
        using var folder = new TempFolder();
        await using var server = await FakeS3.StartAsync();
        using var storage = new BatchStorage(new AmazonS3Client(
            new BasicAWSCredentials("AKIDFAKEBEDROCK", "fake-secret"),
            new AmazonS3Config { ServiceURL = server.Url.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" }));
        var bytes = new byte[20 << 20];
        new Random(1).NextBytes(bytes);
        var file = Path.Combine(folder.Path, "large.jsonl");
        await File.WriteAllBytesAsync(file, bytes);

        await storage.UploadAsync(file, new S3Location("pictures-batch", "a b/"), "large.jsonl", CancellationToken.None);

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(server.Buckets.Find("pictures-batch", "a b/large.jsonl")!.Value.Span));
        Assert.True(server.Calls.Count(call => call.StartsWith("UploadPart", StringComparison.Ordinal)) > 1);
    }

    [Theory]
    [InlineData("s3://bucket", "bucket", "")]
    [InlineData("s3://bucket/", "bucket", "")]
    [InlineData("s3://my.bucket-1/some/where", "my.bucket-1", "some/where/")]
    [InlineData("s3://bucket/some/where/", "bucket", "some/where/")]
    public void A_place_in_s3_is_read(string text, string bucket, string prefix)
    {
        Assert.True(S3Location.TryParse(text, out var location));
        Assert.Equal(new S3Location(bucket, prefix), location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bucket/prefix")]
    [InlineData("s3:/bucket")]
    [InlineData("s3://Bucket")]
    [InlineData("s3://b")]
    [InlineData("s3://bucket/a b")]
    [InlineData("https://bucket.s3.amazonaws.com/x")]
    public void What_is_no_place_in_s3_is_not(string text) => Assert.False(S3Location.TryParse(text, out _));

    [Fact]
    public void A_second_process_is_kept_out_of_the_ledger()
    {
        using var folder = new TempFolder();
        using var first = BatchLedger.Open(folder.Path);

        var failure = Assert.Throws<BatchException>(() => BatchLedger.Open(folder.Path));

        Assert.Contains("Another process", failure.Message, StringComparison.Ordinal);
    }
}
