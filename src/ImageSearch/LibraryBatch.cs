using ImageSearch.Bedrock;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Batch;
using ImageSearch.Indexing;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch;

/// <summary>Puts a batch together: pictures of libraries on the one side, the embedding cache on the other.</summary>
internal sealed class LibraryBatch : IAsyncDisposable
{
    private readonly BatchLedger _ledger;
    private readonly BatchStorage _storage;
    private readonly BedrockClient _client;
    private readonly BatchEmbedder _embedder;

    private LibraryBatch(BatchLedger ledger, BatchStorage storage, BedrockClient client, BatchEmbedder embedder) =>
        (_ledger, _storage, _client, _embedder) = (ledger, storage, client, embedder);

    /// <summary>A batch of the provider that <paramref name="options"/> name.</summary>
    /// <param name="options">The provider, the role, the limits.</param>
    /// <param name="folder">Where the account of batches and the files lie that are not sent yet.</param>
    /// <param name="location">The folder in S3.</param>
    /// <param name="model">The model and its dimension.</param>
    /// <param name="price">What the model costs on demand.</param>
    /// <param name="cache">Where vectors go.</param>
    /// <param name="run">Where spending is booked.</param>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="BatchException">The provider offers no batches, no role is set, or AWS is not set up.</exception>
    public static LibraryBatch Open(
        ImageSearchOptions options,
        string folder,
        S3Location location,
        CollectionFingerprint model,
        ModelPrice price,
        EmbeddingCache cache,
        SpendRun run,
        IProgress<BatchStep> progress,
        TimeProvider time)
    {
        if (options.Provider != EmbeddingProvider.Titan)
        {
            throw new BatchException($"The provider {options.Provider.ToString().ToLowerInvariant()} offers no batches. Use the provider titan, or leave out --batch.");
        }

        var role = options.BatchRole ?? throw new BatchException(
            "No role is set for batches. Give the ARN of the IAM role with which Amazon Bedrock reads and writes the bucket: --batch-role, or the setting Batch:Role.");
        var target = new BatchTarget(model.Model, model.Dimension, location, role);
        var ledger = BatchLedger.Open(folder);
        BatchStorage? storage = null;
        try
        {
            storage = new BatchStorage();
            var client = Connect();
            var loader = new BatchLoader(cache, ledger, new BatchOutputReader(storage, time), progress);
            var jobs = new BatchJobs(target, folder, ledger, storage, client, loader, new BatchPurse(price.ForBatch() ?? price, run), progress, time);
            return new LibraryBatch(ledger, storage, client, new BatchEmbedder(target, folder, new BatchLimits(), options.Limits, ledger, jobs, progress));
        }
        catch (BatchException)
        {
            storage?.Dispose();
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with what an earlier run left.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => _embedder.ResumeAsync(cancellationToken);

    /// <summary>Sends the pictures of a library that have no vector yet.</summary>
    public Task AddAsync(PendingPictures pictures, CancellationToken cancellationToken) => pictures.ForEachAsync(
        (picture, stopping) => _embedder.AddAsync(picture.Path, picture.Sha256, new DataContent(picture.Bytes, picture.MediaType), stopping), cancellationToken);

    /// <summary>Waits for all jobs and loads what they made.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => _embedder.CompleteAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _embedder.DisposeAsync();
        _client.Dispose();
        _storage.Dispose();
        _ledger.Dispose();
    }

    private static BedrockClient Connect()
    {
        try
        {
            return new BedrockClient(new BedrockConfig());
        }
        catch (BedrockException failure)
        {
            throw new BatchException(failure.Message, failure);
        }
    }
}
