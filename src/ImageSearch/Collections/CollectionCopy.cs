namespace ImageSearch.Collections;

/// <summary>
/// Makes one collection what another of the same fingerprint is, with its vectors. Both are read in the order of ids, so that no more
/// than a batch is in memory. What the target has already is passed over: running it again after it was stopped goes on.
/// </summary>
/// <param name="source">What is copied.</param>
/// <param name="target">What is written, open for writing.</param>
/// <param name="batchSize">Most points written at once.</param>
/// <param name="progress">Hears how many points of the source were gone through.</param>
internal sealed class CollectionCopy(IImageCollection source, IImageCollection target, int batchSize, IProgress<long>? progress)
{
    private readonly List<Guid> _missing = [];
    private readonly List<Guid> _gone = [];
    private long _written;
    private long _unchanged;
    private long _deleted;

    /// <summary>Copies.</summary>
    /// <exception cref="CollectionException">One of the two cannot be used, or was written by somebody else meanwhile. What was copied stays.</exception>
    public async Task<CollectionCopySummary> RunAsync(CancellationToken cancellationToken)
    {
        await using var present = target.ListAsync(ImageFilter.All, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasPresent = await present.MoveNextAsync();
        await foreach (var point in source.ListAsync(ImageFilter.All, cancellationToken))
        {
            while (hasPresent && present.Current.Id < point.Id)
            {
                await DeleteAsync(present.Current.Id, cancellationToken);
                hasPresent = await present.MoveNextAsync();
            }

            var isThere = hasPresent && present.Current.Id == point.Id;
            if (isThere && IsSame(present.Current.Payload, point.Payload))
            {
                _unchanged++;
            }
            else
            {
                await WriteAsync(point.Id, cancellationToken);
            }

            hasPresent = isThere ? await present.MoveNextAsync() : hasPresent;
        }

        for (; hasPresent; hasPresent = await present.MoveNextAsync())
        {
            await DeleteAsync(present.Current.Id, cancellationToken);
        }

        await WriteMissingAsync(cancellationToken);
        await DeleteGoneAsync(cancellationToken);
        return new CollectionCopySummary(await CheckedCountAsync(cancellationToken), _written, _unchanged, _deleted);
    }

    // Whoever indexes a picture anew, writes when.
    private static bool IsSame(ImagePayload one, ImagePayload other) => one.Sha256 == other.Sha256 && one.IndexedAt == other.IndexedAt;

    private async Task WriteAsync(Guid id, CancellationToken cancellationToken)
    {
        _missing.Add(id);
        if (_missing.Count >= batchSize)
        {
            await WriteMissingAsync(cancellationToken);
        }
    }

    private async Task WriteMissingAsync(CancellationToken cancellationToken)
    {
        var points = await source.GetAsync(_missing, VectorInclusion.With, cancellationToken);
        await target.UpsertAsync(points, cancellationToken);
        _written += points.Count;
        _missing.Clear();
        progress?.Report(_written + _unchanged);
    }

    private async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        _gone.Add(id);
        if (_gone.Count >= batchSize)
        {
            await DeleteGoneAsync(cancellationToken);
        }
    }

    private async Task DeleteGoneAsync(CancellationToken cancellationToken)
    {
        _deleted += await target.DeleteAsync(_gone, cancellationToken);
        _gone.Clear();
    }

    private async Task<long> CheckedCountAsync(CancellationToken cancellationToken)
    {
        var (expected, points) = (await source.CountAsync(ImageFilter.All, cancellationToken), await target.CountAsync(ImageFilter.All, cancellationToken));
        return points == expected
            ? points
            : throw new CollectionException(
                CollectionFault.Busy,
                $"The copy holds {points} pictures and the original {expected}: another program writes to one of them. Stop it and run the same command again; it goes on.");
    }
}
