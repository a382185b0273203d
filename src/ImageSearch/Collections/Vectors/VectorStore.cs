namespace ImageSearch.Collections.Vectors;

/// <summary>
/// Vectors in a folder, numbered from 0 in the order of appending. Rows never change once committed; a search sees the rows
/// of one moment. Any number of threads may search beside one that appends, and any number of processes may read beside one
/// that writes; a reader sees the writer's rows after <see cref="Refresh"/>.
/// </summary>
internal sealed class VectorStore : IDisposable
{
    private readonly string _folder;
    private readonly VectorStoreAccess _access;
    private readonly Lock _changing = new();
    private readonly Stack<IDisposable> _parts;
    private readonly StoreRows _rows;
    private readonly StoreCodes _codes;
    private readonly NearestSearch _search = new();
    private readonly UseCount _uses;

    private VectorStore(string folder, int dimension, VectorStoreAccess access, Stack<IDisposable> parts, StoreRows rows, StoreCodes codes)
    {
        (_folder, Dimension, _access, _parts, _rows, _codes) = (folder, dimension, access, parts, rows, codes);
        _parts.Push(_search);
        _uses = new UseCount(this, Release);
    }

    /// <summary>Numbers in a vector.</summary>
    public int Dimension { get; }

    /// <summary>Rows committed and visible to this object.</summary>
    public int Count => _rows.Current.Count;

    /// <summary>Whether <see cref="Optimise"/> would speed up searches, and is not at work; for the writer to ask after each batch of appends.</summary>
    public bool NeedsOptimising => _codes.IsDue(Count);

    /// <summary>What the codes cover and cost.</summary>
    public VectorStoreStatus Status
    {
        get
        {
            CodedRows? codes = _codes.Current;
            return new VectorStoreStatus(Count, codes?.Count ?? 0, codes?.Model.Width ?? 0, codes?.Bytes ?? 0, codes?.Model.Bytes ?? 0);
        }
    }

    /// <summary>Opens the store in a folder; for writing, the folder and an empty store are made when they are not there.</summary>
    /// <param name="folder">The folder, the store's own.</param>
    /// <param name="dimension">Numbers in a vector.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="segmentRows">Rows of a file in a store made anew, a power of two from 64 on; null makes files of about 256 MiB.</param>
    /// <exception cref="CollectionException">Not found, busy (another process writes), foreign, newer, damaged, or of another dimension.</exception>
    public static VectorStore Open(string folder, int dimension, VectorStoreAccess access, int? segmentRows = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var parts = new Stack<IDisposable>();
        try
        {
            if (access == VectorStoreAccess.Write)
            {
                Directory.CreateDirectory(folder);
                parts.Push(WriterLock.Take(folder));
                CommitLog.CreateMissing(folder, dimension, segmentRows ?? VectorFiles.DefaultSegmentRows(dimension));
            }

            // The codes before the rows: whatever rows they cover are then there.
            var codes = new StoreCodes(folder, dimension, access);
            parts.Push(codes);
            var rows = new StoreRows(folder, dimension, access);
            parts.Push(rows);
            return new VectorStore(folder, dimension, access, parts, rows, codes);
        }
        catch (Exception exception)
        {
            foreach (IDisposable part in parts)
            {
                part.Dispose();
            }

            if (exception is IOException or UnauthorizedAccessException)
            {
                throw StorageFault.From(exception, folder);
            }

            throw;
        }
    }

    /// <summary>Appends rows; when the call returns they are on the disk and found by searches of this object. On failure none is.</summary>
    /// <param name="rows">Shape [n, <see cref="Dimension"/>], row-major; n may be 0.</param>
    /// <returns>The number of the first row appended.</returns>
    /// <exception cref="CollectionException">No space, or the disk refuses.</exception>
    public int Append(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Dimension != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no whole vectors of {Dimension}.", nameof(rows));
        }

        return Change(rows, static (store, rows) => store._rows.Append(rows));
    }

    /// <summary>Sees what the writing process has committed since; true when <see cref="Count"/> changed.</summary>
    /// <exception cref="CollectionException">The files contradict their checksums.</exception>
    public bool Refresh() => Change(_access, static (store, access) =>
    {
        if (access == VectorStoreAccess.Write)
        {
            return false;
        }

        store._codes.Refresh();
        return store._rows.Refresh();
    });

    /// <summary>Reads every row and compares it with the checksum of its append: a second for a few gigabytes.</summary>
    /// <exception cref="CollectionException">The rows contradict their checksums.</exception>
    public void Verify(CancellationToken cancellationToken) => Use(cancellationToken, static (store, cancellationToken) =>
    {
        store._rows.Verify(cancellationToken);
        return true;
    });

    /// <summary>
    /// Learns or extends the codes that make searches fast, when that is due: some milliseconds after a few thousand appends,
    /// seconds the first time and after each fourfold growth. Searches and appends go on meanwhile.
    /// </summary>
    /// <exception cref="InvalidOperationException">The store was opened for reading.</exception>
    /// <exception cref="CollectionException">No space, or the disk refuses.</exception>
    public void Optimise(CancellationToken cancellationToken)
    {
        if (_access != VectorStoreAccess.Write)
        {
            throw new InvalidOperationException("Only the writer of a store makes its codes.");
        }

        Use(cancellationToken, static (store, cancellationToken) =>
        {
            store._codes.Optimise(store._rows.Current, cancellationToken);
            return true;
        });
    }

    /// <summary>Copies a row, shape [<see cref="Dimension"/>].</summary>
    public void CopyVector(int row, Span<float> destination) => CopyVectors(row, destination[..Dimension]);

    /// <summary>Copies as many rows as fill the destination, from <paramref name="firstRow"/> on: the way to copy a store in large pieces.</summary>
    public void CopyVectors(int firstRow, Span<float> destination)
    {
        _uses.Enter();
        try
        {
            VectorRows rows = _rows.Current;
            int count = destination.Length / rows.Dimension;
            ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, rows.Count - count);
            while (count > 0)
            {
                ReadOnlySpan<float> run = rows.Run(firstRow, count);
                run.CopyTo(destination);
                destination = destination[run.Length..];
                firstRow += run.Length / rows.Dimension;
                count -= run.Length / rows.Dimension;
            }
        }
        finally
        {
            _uses.Leave();
        }
    }

    /// <summary>Finds the rows nearest to a query.</summary>
    /// <param name="query">Shape [<see cref="Dimension"/>].</param>
    /// <param name="mask">The rows that may be found, bit <c>row % 64</c> of word <c>row / 64</c>; empty lets every row through.</param>
    /// <param name="precision">Whether codes may be used.</param>
    /// <param name="hits">Filled with the hits, best first, equal scores by row.</param>
    /// <returns>The number of hits.</returns>
    public int Search(ReadOnlySpan<float> query, ReadOnlySpan<ulong> mask, SearchPrecision precision, Span<VectorHit> hits) =>
        Search(query, mask, precision, hits, out _);

    /// <inheritdoc cref="Search(ReadOnlySpan{float}, ReadOnlySpan{ulong}, SearchPrecision, Span{VectorHit})"/>
    /// <param name="query">Shape [<see cref="Dimension"/>].</param>
    /// <param name="mask">The rows that may be found.</param>
    /// <param name="precision">Whether codes may be used.</param>
    /// <param name="hits">Filled with the hits.</param>
    /// <param name="rescored">Coded rows that were scored exactly; 0 when codes were not used.</param>
    public int Search(ReadOnlySpan<float> query, ReadOnlySpan<ulong> mask, SearchPrecision precision, Span<VectorHit> hits, out int rescored)
    {
        if (query.Length != Dimension)
        {
            throw new ArgumentException($"The query has {query.Length} numbers, not {Dimension}.", nameof(query));
        }

        rescored = 0;
        if (hits.IsEmpty)
        {
            return 0;
        }

        _uses.Enter();
        try
        {
            // The codes before the rows: whatever rows they cover are then there.
            CodedRows? codes = precision == SearchPrecision.Quantised ? _codes.Current : null;
            return _search.Find(_rows.Current, codes, query, mask, hits, out rescored);
        }
        finally
        {
            _uses.Leave();
        }
    }

    /// <summary>Scores the rows named against a query, shape [<see cref="Dimension"/>].</summary>
    /// <param name="query">The query.</param>
    /// <param name="rows">Numbers of rows.</param>
    /// <param name="scores">Becomes their scores, shape [rows.Length].</param>
    public unsafe void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> rows, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Length, Dimension);
        _uses.Enter();
        try
        {
            fixed (float* numbers = query)
            {
                DotProducts.Score(_rows.Current, numbers, rows, scores);
            }
        }
        finally
        {
            _uses.Leave();
        }
    }

    /// <summary>Closes the files once the searches under way have ended; calls that begin later fail.</summary>
    public void Dispose() => _uses.Close();

    private TResult Change<TArgument, TResult>(TArgument argument, Func<VectorStore, TArgument, TResult> change)
        where TArgument : allows ref struct
    {
        lock (_changing)
        {
            return Use(argument, change);
        }
    }

    private TResult Use<TArgument, TResult>(TArgument argument, Func<VectorStore, TArgument, TResult> use)
        where TArgument : allows ref struct
    {
        _uses.Enter();
        try
        {
            return use(this, argument);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.From(exception, _folder);
        }
        finally
        {
            _uses.Leave();
        }
    }

    private void Release()
    {
        foreach (IDisposable part in _parts)
        {
            part.Dispose();
        }
    }
}
