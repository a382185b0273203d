using System.Collections.Concurrent;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Collections.Embedded;

/// <summary>Reads of one open collection: sessions that are used again, and snapshots in which points and vectors agree.</summary>
internal sealed class CollectionReader(CollectionFiles files, int dimension) : IDisposable
{
    private readonly ConcurrentStack<ReadSession> _idle = [];
    private readonly Lock _moving = new();
    private VectorGeneration? _current;

    public VectorGeneration? Current => _current;

    /// <summary>Reads points alone; each statement sees its own moment.</summary>
    public T Read<T>(Func<ReadSession, T> read)
    {
        var session = _idle.TryPop(out var idle) ? idle : new ReadSession(files);
        try
        {
            var result = read(session);
            _idle.Push(session);
            return result;
        }
        catch
        {
            // It may stand inside a transaction.
            session.Dispose();
            throw;
        }
    }

    /// <summary>Reads points with their vectors, as they were at one moment.</summary>
    public T ReadRows<T>(Func<RowSnapshot, T> read)
    {
        while (true)
        {
            VectorGeneration? seen = null;
            try
            {
                return Read(session =>
                {
                    var snapshot = Enter(session);
                    seen = snapshot.Generation;
                    var result = read(snapshot);
                    session.End();
                    return result;
                });
            }
            catch (ObjectDisposedException) when (seen is not null && seen != _current)
            {
                // A compaction closed the vectors between the snapshot and their search: the new ones hold the same points.
                continue;
            }
        }
    }

    /// <summary>Commits a change of generation and shows it to readers in one step.</summary>
    public void Move(VectorGeneration next, Action commit)
    {
        lock (_moving)
        {
            commit();
            _current?.Dispose();
            _current = next;
        }
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var session))
        {
            session.Dispose();
        }

        _current?.Dispose();
    }

    // One at a time, so that the live rows only ever move forward and a change of generation is seen whole.
    private RowSnapshot Enter(ReadSession session)
    {
        lock (_moving)
        {
            while (true)
            {
                session.Begin();
                var state = session.ReadState();
                if (TryFollow(state) is { } generation)
                {
                    return new RowSnapshot(session, generation, generation.Live = generation.Live.At(state, session));
                }

                session.End();
            }
        }
    }

    // Null when the writer has replaced the vectors since the session read their number.
    private VectorGeneration? TryFollow(CollectionState state)
    {
        try
        {
            return Follow(state);
        }
        catch (CollectionException) when (Read(session => session.ReadState()).Generation != state.Generation)
        {
            return null;
        }
    }

    private VectorGeneration Follow(CollectionState state)
    {
        if (_current?.Number != state.Generation)
        {
            var next = Open(state.Generation);
            _current?.Dispose();
            _current = next;
        }

        if (_current.Store.Count < state.Rows)
        {
            _current.Store.Refresh();
        }

        return _current.Store.Count >= state.Rows
            ? _current
            : throw EmbeddedFault.Damaged(files.Folder, $"it has {state.Rows} rows, but only {_current.Store.Count} vectors");
    }

    private VectorGeneration Open(int generation)
    {
        try
        {
            return new VectorGeneration(generation, VectorStore.Open(files.Vectors(generation), dimension, VectorStoreAccess.Read));
        }
        catch (CollectionException exception) when (exception.Fault == CollectionFault.NotFound)
        {
            throw EmbeddedFault.Damaged(files.Folder, $"the vectors in '{files.Vectors(generation)}' are missing", exception);
        }
    }
}
