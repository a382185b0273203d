using System.Security.Cryptography;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding.Batch;

/// <summary>
/// Embeds pictures through Amazon Bedrock's batch inference, into the embedding cache: pictures are made ready, gathered in parts, sent as
/// jobs, and their vectors loaded when the jobs have ended. A process that stops anywhere leaves what the next one goes on with.
/// </summary>
internal sealed class BatchEmbedder(
    BatchTarget target, string folder, BatchLimits limits, ImageLimits pictures, BatchLedger ledger, BatchJobs jobs, IProgress<BatchStep> progress)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private BatchPartWriter? _writer;
    private long _prepared;

    /// <summary>Goes on with what an earlier process left, until it is all submitted.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var open = jobs.Open;
        DeleteStrayFiles(open);
        if (open.Count > 0)
        {
            progress.Report(new BatchStep.Resumed(open.Count, open.Count(part => part.State == BatchPartState.Submitted), open.Sum(part => (long)part.Records)));
        }

        // What has ended is loaded first: it costs nothing any more, whatever may stand in the way of sending the rest.
        _ = await jobs.LookAsync(cancellationToken);
        foreach (var part in jobs.Open)
        {
            await jobs.SendAsync(part, isNew: false, cancellationToken);
        }
    }

    /// <summary>Takes up a picture, unless it is under way already; sends a part when it is full. Safe for many threads.</summary>
    /// <param name="path">Path below the root of its library, for people.</param>
    /// <param name="sha256">SHA-256 of the original bytes.</param>
    /// <param name="content">The picture.</param>
    /// <param name="cancellationToken">Gives up; what is sent stays sent.</param>
    public async ValueTask AddAsync(string path, string sha256, DataContent content, CancellationToken cancellationToken)
    {
        if (ledger.Holds(target.Model, target.Dimension, sha256))
        {
            return;
        }

        DataContent fitted;
        try
        {
            fitted = FittingEmbeddingGenerator.Fitted(content, TitanEmbeddingGenerator.PictureLimits, pictures, cancellationToken);
        }
        catch (ImageFormatException)
        {
            // The run that follows comes upon the same refusal, and accounts for the file.
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(path, sha256, fitted.Data, cancellationToken);
            progress.Report(new BatchStep.Prepared(++_prepared));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends the last part, waits for every job, and loads what they made.</summary>
    /// <exception cref="BatchException">A job ended without an answer for each picture; the others are loaded.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_writer is { } last)
        {
            if (last.Entries.Count >= limits.MinRecords)
            {
                await SendAsync(last, cancellationToken);
            }
            else
            {
                await DiscardAsync(last);
                progress.Report(new BatchStep.TooFew(last.Entries.Count, limits.MinRecords));
            }
        }

        await jobs.WaitAsync(cancellationToken);
        if (jobs.Failures.Count > 0)
        {
            throw new BatchException(
                $"{string.Join(' ', jobs.Failures)} Put right what is wrong and run the same command again to send those pictures once more, or run it without --batch to embed them on demand.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_writer is { } unfinished)
        {
            await DiscardAsync(unfinished);
        }

        _turn.Dispose();
    }

    private async Task WriteAsync(string path, string sha256, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        _writer ??= NewWriter();
        while (!await _writer.TryWriteAsync(path, sha256, picture, target.Dimension, cancellationToken))
        {
            await SendAsync(_writer, cancellationToken);
            _writer = NewWriter();
        }
    }

    private async Task SendAsync(BatchPartWriter whole, CancellationToken cancellationToken)
    {
        await whole.CompleteAsync(cancellationToken);
        var part = new BatchPart(whole.Id, target.Model, target.Dimension, whole.Entries.Count, target.Location, target.RoleArn);
        ledger.Add(part, whole.Entries);
        _writer = null;
        await jobs.SendAsync(part, isNew: true, cancellationToken);
    }

    private async Task DiscardAsync(BatchPartWriter unfinished)
    {
        _writer = null;
        await unfinished.DisposeAsync();
        File.Delete(unfinished.Path);
    }

    // Two parts never have the same id, not even two that hold the same pictures because the first one's job failed.
    private BatchPartWriter NewWriter() => new(folder, RandomNumberGenerator.GetHexString(20, lowercase: true), limits);

    private void DeleteStrayFiles(IReadOnlyList<BatchPart> open)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl"))
        {
            if (!open.Any(part => part.FileName == Path.GetFileName(file)))
            {
                File.Delete(file);
            }
        }
    }
}
