using System.Runtime.CompilerServices;
using ImageSearch.Collections.Embedded;

namespace ImageSearch.Collections;

/// <summary>
/// A collection in a folder of its own: points, words and filters in SQLite, vectors in files beside it. Writes are all or
/// none and durable when they return; a process killed at any point leaves it whole. One process writes, any number read
/// beside it and see what it has written with their next call.
/// </summary>
public sealed class EmbeddedCollection : IImageCollection
{
    private const int PageSize = 256;

    private readonly CollectionFiles _files;
    private readonly CollectionHeader _header;
    private readonly CollectionReader _reader;
    private readonly CollectionWriter? _writer;
    private readonly WriterLock? _lock;
    private readonly CodeUpkeep _upkeep = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading;
    private readonly int _readers = Math.Max(4, 2 * Environment.ProcessorCount);
    private bool _disposed;

    internal EmbeddedCollection(CollectionFiles files, CollectionHeader header, CollectionReader reader, CollectionWriter? writer, WriterLock? writerLock)
    {
        (_files, _header, _reader, _writer, _lock) = (files, header, reader, writer, writerLock);
        _reading = new SemaphoreSlim(_readers, _readers);
        if (writer is not null && reader.Current is { } generation)
        {
            _upkeep.StartIfDue(generation.Store);
        }
    }

    /// <inheritdoc/>
    public CollectionFingerprint Fingerprint => _header.Fingerprint;

    /// <inheritdoc/>
    public Guid InstanceId => _header.InstanceId;

    /// <summary>Opens the collection in a folder; for writing, it is made when it is not there.</summary>
    /// <param name="folder">The collection's own folder.</param>
    /// <param name="expected">What its vectors must have been made by; null takes whatever is there, and makes nothing.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="time">Tells when it was made and since when it is written.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="CollectionException">Not found, of another fingerprint, newer, foreign, damaged, busy, full or unreachable.</exception>
    public static Task<EmbeddedCollection> OpenAsync(
        string folder,
        CollectionFingerprint? expected,
        CollectionAccess access,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(EmbeddedOpening.Open(new CollectionFiles(Path.GetFullPath(folder)), expected, access, time));
    }

    /// <summary>The names of the collections in a folder of collections, in order; empty when there is no such folder.</summary>
    public static IReadOnlyList<string> List(string collectionsFolder) => Directory.Exists(collectionsFolder)
        ? [.. Directory.EnumerateDirectories(collectionsFolder).Where(CollectionFiles.Holds).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc/>
    /// <remarks>A call that failed has written none of its points.</remarks>
    public Task UpsertAsync(IReadOnlyList<ImagePoint> points, CancellationToken cancellationToken)
    {
        PointValidation.Check(points, Fingerprint.Dimension);
        return points.Count == 0 ? Task.CompletedTask : WriteAsync(
            (writer, generation) =>
            {
                writer.Upsert(points, generation.Store);
                _upkeep.StartIfDue(generation.Store);
                return Task.FromResult(points.Count);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        WriteAsync((writer, _) => Task.FromResult(writer.Delete(ids)), cancellationToken);

    /// <inheritdoc/>
    public Task CompactAsync(CancellationToken cancellationToken) => WriteAsync(
        async (writer, generation) =>
        {
            await _upkeep.StopAsync();
            writer.Compact(_reader, generation, _files, cancellationToken);
            return 0;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImagePoint>> GetAsync(IReadOnlyList<Guid> ids, VectorInclusion vectors, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<ImagePoint>>(
            reader => reader.ReadRows(snapshot =>
            {
                var points = new List<ImagePoint>(ids.Count);
                foreach (var id in ids)
                {
                    if (snapshot.Session.FindById(id, snapshot.Generation.Points) is var (key, point))
                    {
                        points.Add(vectors == VectorInclusion.With ? point with { Vector = snapshot.Generation.VectorOf(key) } : point);
                    }
                }

                return points;
            }),
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImagePoint> ListAsync(ImageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await ReadAsync(reader => reader.Read(session => session.ReadIds(FilterTranslation.Of(filter))), cancellationToken);
        ids.Sort();
        foreach (var page in ids.Chunk(PageSize))
        {
            foreach (var point in await GetAsync(page, VectorInclusion.Without, cancellationToken))
            {
                yield return point;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>All of it is of one moment.</remarks>
    public Task<IReadOnlyList<ImagePoint>> ListByTimeAsync(ImageFilter filter, TimeOrder order, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return ReadAsync(reader => reader.ReadRows(snapshot => TimeListing.Run(snapshot, filter, order, limit)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(ImageFilter filter, CancellationToken cancellationToken) => ReadAsync(
        reader => reader.Read(session => filter.Conditions.Count == 0
            ? session.ReadState() is var state ? state.Rows - state.Tombstones : 0
            : session.Count(FilterTranslation.Of(filter))),
        cancellationToken);

    /// <inheritdoc/>
    public Task<string> MarkAsync(CancellationToken cancellationToken) => ReadAsync(
        reader => reader.Read(session => session.ReadState() is var state ? FormattableString.Invariant($"{state.Generation}-{state.Rows}-{state.Tombstones}") : ""),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FacetCount>> FacetAsync(ImageFacet facet, ImageFilter filter, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return ReadAsync(reader => reader.Read(session => FacetCounting.Count(session, facet, filter, limit)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CollectionHits> SearchAsync(CollectionQuery query, CancellationToken cancellationToken)
    {
        PointValidation.Check(query, Fingerprint.Dimension);
        return ReadAsync(reader => reader.ReadRows(snapshot => CollectionSearch.Run(snapshot, query)), cancellationToken);
    }

    /// <summary>The collection in figures.</summary>
    /// <exception cref="CollectionException">It cannot be used.</exception>
    public Task<EmbeddedCollectionInfo> InfoAsync(CancellationToken cancellationToken) => ReadAsync(
        reader =>
        {
            var state = reader.Read(session => session.ReadState());
            return new EmbeddedCollectionInfo
            {
                Folder = _files.Folder,
                Fingerprint = Fingerprint,
                InstanceId = InstanceId,
                Created = _header.Created,
                Points = state.Rows - state.Tombstones,
                DeadRows = state.Tombstones,
                BytesOnDisk = _files.Bytes(),
                CodeBytes = reader.Current?.Store.Status is { } codes ? codes.CodeBytes + codes.ModelBytes : 0,
                Generation = state.Generation,
            };
        },
        cancellationToken);

    /// <summary>Closes it once the calls under way have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        await _writing.WaitAsync();
        for (var i = 0; i < _readers; i++)
        {
            await _reading.WaitAsync();
        }

        if (!_disposed)
        {
            _disposed = true;
            await _upkeep.StopAsync();
            _upkeep.Dispose();
            _reader.Dispose();
            _writer?.Dispose();
            _lock?.Dispose();
        }

        _reading.Release(_readers);
        _writing.Release();
    }

    // More readers than this gain nothing, and each keeps a connection.
    private async Task<T> ReadAsync<T>(Func<CollectionReader, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return read(_reader);
        }
        catch (Exception exception) when (EmbeddedFault.From(exception, _files.Folder) is { } fault)
        {
            throw fault;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<T> WriteAsync<T>(Func<CollectionWriter, VectorGeneration, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _writer is not null && _reader.Current is { } generation
                ? await write(_writer, generation)
                : throw new InvalidOperationException($"The collection in '{_files.Folder}' was opened for reading. Open it with {nameof(CollectionAccess)}.{nameof(CollectionAccess.Write)}.");
        }
        catch (Exception exception) when (EmbeddedFault.From(exception, _files.Folder) is { } fault)
        {
            throw fault;
        }
        finally
        {
            _writing.Release();
        }
    }
}
