using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using ImageSearch.Bedrock;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Batch;
using ImageSearch.Imaging;
using ImageSearch.Spending;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Testing.S3;
using Microsoft.Extensions.AI;

namespace ImageSearch.Tests.Embedding.Batch;

/// <summary>A home folder, the two stand-ins, and runs of a batch that may be made to die after any step.</summary>
internal sealed class BatchWorkplace : IAsyncDisposable
{
    public const string Bucket = "pictures-batch";
    private const string Model = "amazon.titan-embed-image-v1";
    private const int Dimension = 256;
    private static readonly BasicAWSCredentials Credentials = new("AKIDFAKEBEDROCK", "fake-secret");

    private readonly TempFolder _folder = new();
    private readonly EagerTimeProvider _time = new();

    private BatchWorkplace(FakeBedrock bedrock, FakeS3 s3)
    {
        (Bedrock, S3) = (bedrock, s3);
        Cache = EmbeddingCache.Open(Path.Combine(_folder.Path, "embeddings.db"));
        Spending = SpendLedger.Open(Path.Combine(_folder.Path, "spend.db"));
    }

    public FakeBedrock Bedrock { get; }

    public FakeS3 S3 { get; }

    public EmbeddingCache Cache { get; }

    public SpendLedger Spending { get; }

    public SpendCap Cap { get; set; } = new();

    public BatchLimits Limits { get; set; } = new() { MinRecords = 5, MaxRecords = 20 };

    public string Location { get; set; } = $"s3://{Bucket}/run";

    /// <summary>Every step of every run.</summary>
    public ConcurrentQueue<BatchStep> Steps { get; } = new();

    /// <summary>The batch's folder in the home.</summary>
    public string Folder => Path.Combine(_folder.Path, "batch");

    /// <summary>The records of all input files.</summary>
    public int RecordsSent => S3.Buckets.List(Bucket, "run/input/").Sum(key => S3.Buckets.Find(Bucket, key)!.Value.Span.Count((byte)'\n'));

    public static async Task<BatchWorkplace> StartAsync(FakeBatchOptions? batch = null, Func<AIContent, int, CancellationToken, Task<ReadOnlyMemory<float>>>? embed = null)
    {
        var s3 = await FakeS3.StartAsync();
        var options = new FakeBedrockOptions { Batch = (batch ?? new FakeBatchOptions { MinRecords = 5 }) with { Buckets = s3.Buckets } };
        return new BatchWorkplace(await FakeBedrock.StartAsync(embed is null ? options : options with { Embed = embed }), s3);
    }

    /// <summary>So many tiny pictures, each with its SHA-256.</summary>
    public static IReadOnlyList<(string Path, byte[] Bytes, string Sha256)> Pictures(int count) =>
    [
        .. Enumerable.Range(0, count).Select(at =>
        {
            var bytes = TinyPicture.Bmp(at);
            return ($"{at:D4}.bmp", bytes, EmbeddingKey.Of(Model, Dimension, bytes).Sha256);
        }),
    ];

    /// <summary>Runs a batch over the pictures that have no vector yet, as a process of its own would.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="dies">Says of a step whether the process dies right after it.</param>
    public async Task RunAsync(IEnumerable<(string Path, byte[] Bytes, string Sha256)> pictures, Func<BatchStep, bool>? dies = null)
    {
        var location = S3Location.TryParse(Location, out var parsed) ? parsed : throw new FormatException(Location);
        using var ledger = BatchLedger.Open(Folder);
        using var storage = new BatchStorage(new AmazonS3Client(
            Credentials, new AmazonS3Config { ServiceURL = S3.Url.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 }));
        using var client = new BedrockClient(Credentials, new BedrockConfig
        {
            ServiceURL = Bedrock.Http1.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxRetryWait = TimeSpan.FromMilliseconds(1),
        });
        var target = new BatchTarget(Model, Dimension, location, "arn:aws:iam::123456789012:role/batch");
        var progress = new DyingProgress(Steps, dies ?? (_ => false));
        var loader = new BatchLoader(Cache, ledger, new BatchOutputReader(storage, _time), progress);
        var purse = new BatchPurse(PriceList.Find(Model)!.ForBatch()!, new SpendRun(() => Spending, Cap, TimeProvider.System));
        var jobs = new BatchJobs(target, Folder, ledger, storage, client, loader, purse, progress, _time);
        await using var embedder = new BatchEmbedder(target, Folder, Limits, ImageLimits.Default, ledger, jobs, progress);
        await embedder.ResumeAsync(CancellationToken.None);
        foreach (var (path, bytes, sha256) in pictures.Where(picture => VectorOf(picture.Sha256) is null))
        {
            await embedder.AddAsync(path, sha256, new DataContent(bytes, "image/bmp"), CancellationToken.None);
        }

        await embedder.CompleteAsync(CancellationToken.None);
    }

    /// <summary>The cached vector of a picture.</summary>
    public float[]? VectorOf(string sha256) => Cache.Find(new EmbeddingKey(Model, Dimension, sha256));

    public async ValueTask DisposeAsync()
    {
        Cache.Dispose();
        Spending.Dispose();
        await Bedrock.DisposeAsync();
        await S3.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class DyingProgress(ConcurrentQueue<BatchStep> steps, Func<BatchStep, bool> dies) : IProgress<BatchStep>
    {
        public void Report(BatchStep value)
        {
            steps.Enqueue(value);
            if (dies(value))
            {
                throw new OperationCanceledException("the process dies here");
            }
        }
    }
}
