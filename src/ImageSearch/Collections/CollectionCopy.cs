namespace ImageSearch.Collections;

/// <summary>
/// Makes one collection what another of the same fingerprint is, with its vectors. Both are read in the order of ids, so that no more
/// than a batch is in memory. What the target has already is passed over: running it again after it was stopped goes on.
/// </summary>
internal sealed class CollectionCopy
{
    private const int MostLibraries = 10_000;

    private readonly IImageCollection _source;
    private readonly IImageCollection _target;
    private readonly int _batchSize;
    private readonly IProgress<long>? _progress;
    private readonly List<Guid> _missing = [];
    private readonly List<Guid> _gone = [];
    private long _written;
    private long _unchanged;
    private long _deleted;

    private CollectionCopy(IImageCollection source, IImageCollection target, int batchSize, IProgress<long>? progress) =>
        (_source, _target, _batchSize, _progress) = (source, target, batchSize, progress);

    /// <summary>A copy, once it is sure that nothing of anybody else is lost by it. Nothing is written yet.</summary>
    /// <param name="source">What is copied.</param>
    /// <param name="target">What is written, open for writing.</param>
    /// <param name="batchSize">Most points written at once.</param>
    /// <param name="progress">Hears how many points of the source were gone through.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="CollectionException">The target holds a library that the source does not know, or one of the two cannot be used.</exception>
    public static async Task<CollectionCopy> BeginAsync(
        IImageCollection source, IImageCollection target, int batchSize, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var known = await LibrariesAsync(source, cancellationToken);
        var others = (await LibrariesAsync(target, cancellationToken)).ExceptBy(known.Select(library => library.Value), library => library.Value, StringComparer.OrdinalIgnoreCase).ToList();
        return others.Count == 0
            ? new CollectionCopy(source, target, batchSize, progress)
            : throw new CollectionException(
                CollectionFault.ForeignFormat,
                $"The target holds {others.Sum(library => library.Count)} pictures of {string.Join(", ", others.Select(library => $"'{library.Value}'"))}, which the original does not know: " +
                "they would be lost. Choose another target, or delete that collection first.");
    }

    /// <summary>Copies.</summary>
    /// <exception cref="CollectionException">One of the two cannot be used, or was written by somebody else meanwhile. What was copied stays.</exception>
    public async Task<CollectionCopySummary> RunAsync(CancellationToken cancellationToken)
    {
        await using var present = _target.ListAsync(ImageFilter.All, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasPresent = await present.MoveNextAsync();
        await foreach (var point in _source.ListAsync(ImageFilter.All, cancellationToken))
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

    private static Task<IReadOnlyList<FacetCount>> LibrariesAsync(IImageCollection collection, CancellationToken cancellationToken) =>
        collection.FacetAsync(ImageFacet.Library, ImageFilter.All, MostLibraries, cancellationToken);

    // Whoever indexes a picture anew, writes when.
    private static bool IsSame(ImagePayload one, ImagePayload other) => one.Sha256 == other.Sha256 && one.IndexedAt == other.IndexedAt;

    private async Task WriteAsync(Guid id, CancellationToken cancellationToken)
    {
        _missing.Add(id);
        if (_missing.Count >= _batchSize)
        {
            await WriteMissingAsync(cancellationToken);
        }
    }

    private async Task WriteMissingAsync(CancellationToken cancellationToken)
    {
        var points = await _source.GetAsync(_missing, VectorInclusion.With, cancellationToken);
        await _target.UpsertAsync(points, cancellationToken);
        _written += points.Count;
        _missing.Clear();
        _progress?.Report(_written + _unchanged);
    }

    private async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        _gone.Add(id);
        if (_gone.Count >= _batchSize)
        {
            await DeleteGoneAsync(cancellationToken);
        }
    }

    private async Task DeleteGoneAsync(CancellationToken cancellationToken)
    {
        _deleted += await _target.DeleteAsync(_gone, cancellationToken);
        _gone.Clear();
    }

    private async Task<long> CheckedCountAsync(CancellationToken cancellationToken)
    {
        var (expected, points) = (await _source.CountAsync(ImageFilter.All, cancellationToken), await _target.CountAsync(ImageFilter.All, cancellationToken));
        return points == expected
            ? points
            : throw new CollectionException(
                CollectionFault.Busy,
                $"The copy holds {points} pictures and the original {expected}: another program writes to one of them. Stop it and run the same command again; it goes on.");
    }
}
