using System.Threading.Channels;
using ImageSearch.Collections;

namespace ImageSearch.Indexing;

/// <summary>
/// The write stage: outcomes go in batches to the collection, then to the ledger, then out as results, in this order; so the
/// ledger and the caller never hear of a point that the collection has not acknowledged.
/// </summary>
/// <param name="library">Name of the library.</param>
/// <param name="collection">Where points go.</param>
/// <param name="ledger">What is known about files.</param>
/// <param name="results">Where results go.</param>
/// <param name="options">Size and age of batches.</param>
/// <param name="time">The clock.</param>
internal sealed class IndexWriter(
    string library, IImageCollection collection, Ledger ledger, ChannelWriter<IndexResult> results, ImageIndexerOptions options, TimeProvider time)
{
    /// <summary>Writes outcomes until there are no more.</summary>
    public async Task WriteAsync(ChannelReader<IndexOutcome> outcomes, CancellationToken cancellationToken)
    {
        while (await NextBatchAsync(outcomes, cancellationToken) is { Count: > 0 } batch)
        {
            await WriteAsync(batch, cancellationToken);
        }
    }

    /// <summary>Deletes the points of files that are gone, and forgets the files.</summary>
    public async Task RemoveAsync(IEnumerable<LedgerRow> gone, CancellationToken cancellationToken)
    {
        foreach (var rows in gone.Chunk(options.BatchSize))
        {
            await DeleteAsync([.. rows.Where(row => row.Stored)], cancellationToken);
            ledger.Forget(rows);
            foreach (var row in rows.Where(row => row.Stored))
            {
                await results.WriteAsync(new IndexResult.Removed(row.Path), cancellationToken);
            }
        }
    }

    /// <summary>Deletes the points of these files; the ledger is left as it is.</summary>
    public async Task DeleteAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            _ = await collection.DeleteAsync([.. rows.Select(row => PointId.Of(library, row.Path))], cancellationToken);
        }
    }

    private async Task WriteAsync(List<IndexOutcome> batch, CancellationToken cancellationToken)
    {
        var points = batch.Where(outcome => outcome.Point is not null).ToList();
        if (points.Count > 0)
        {
            ledger.Expect(points.Select(outcome => outcome.Row!));
            await collection.UpsertAsync([.. points.Select(outcome => outcome.Point!)], cancellationToken);
        }

        await DeleteAsync([.. batch.Where(outcome => outcome.DropsPoint).Select(outcome => outcome.Row!)], cancellationToken);
        ledger.Write(batch.Select(outcome => outcome.Row).OfType<LedgerRow>());
        foreach (var outcome in batch)
        {
            await results.WriteAsync(outcome.Result, cancellationToken);
        }
    }

    /// <summary>A batch is closed when it is full, when its oldest outcome has waited long enough, or at the end.</summary>
    private async Task<List<IndexOutcome>> NextBatchAsync(ChannelReader<IndexOutcome> outcomes, CancellationToken cancellationToken)
    {
        var batch = new List<IndexOutcome>();
        if (!await outcomes.WaitToReadAsync(cancellationToken))
        {
            return batch;
        }

        using var aged = new CancellationTokenSource(options.BatchAge, time);
        try
        {
            do
            {
                while (batch.Count < options.BatchSize && outcomes.TryRead(out var outcome))
                {
                    batch.Add(outcome);
                }
            }
            while (batch.Count < options.BatchSize && await outcomes.WaitToReadAsync(aged.Token));
        }
        catch (OperationCanceledException) when (aged.IsCancellationRequested)
        {
            return batch;
        }

        return batch;
    }
}
