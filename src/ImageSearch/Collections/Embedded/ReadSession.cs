using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>A connection that reads, with its statements; used by one thread at a time.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _tombstones;
    private readonly SqliteStatement _byId;
    private readonly SqliteStatement _byKey;
    private readonly SqliteStatement _ranked;
    private readonly SqliteStatement _taken;

    public ReadSession(CollectionFiles files)
    {
        _connection = CollectionDatabase.OpenForReading(files);
        _begin = new SqliteStatement(_connection, "BEGIN");
        _end = new SqliteStatement(_connection, "COMMIT");
        _state = new SqliteStatement(_connection, "SELECT generation, rows, (SELECT ifnull(max(number), 0) FROM tombstones) FROM collection");
        _tombstones = new SqliteStatement(_connection, "SELECT row FROM tombstones WHERE number > ?1");
        _byId = new SqliteStatement(_connection, "SELECT key, payload FROM points WHERE id = ?1");
        _byKey = new SqliteStatement(_connection, "SELECT id, payload FROM points WHERE key = ?1");
        _ranked = new SqliteStatement(_connection, "SELECT rowid, bm25(words) FROM words WHERE words MATCH ?1 AND rowid >= ?2");
        _taken = new SqliteStatement(_connection, "SELECT key, taken, id FROM facts WHERE key >= ?1 AND key < ?2");
    }

    /// <summary>From here to <see cref="End"/> every read sees the same moment.</summary>
    public void Begin() => _begin.Execute();

    public void End() => _end.Execute();

    public CollectionState ReadState()
    {
        _ = _state.Step();
        var state = new CollectionState((int)_state.Int64(0), (int)_state.Int64(1), (int)_state.Int64(2));
        _state.Reset();
        return state.Rows >= state.Tombstones && state.Tombstones >= 0
            ? state
            : throw new InvalidDataException($"It has {state.Rows} rows and {state.Tombstones} tombstones.");
    }

    /// <summary>The rows that stopped being points after the first <paramref name="known"/>.</summary>
    public void ReadTombstones(int known, Action<long> visit)
    {
        _tombstones.Bind(1, known);
        while (_tombstones.Step())
        {
            visit(_tombstones.Int64(0));
        }
    }

    /// <summary>The keys in [from, until) that pass the filter.</summary>
    public void ReadKeys(FilterSql filter, int from, int until, Action<long> visit)
    {
        using var keys = new SqliteStatement(_connection, $"SELECT f.key FROM facts f WHERE f.key >= ?1 AND f.key < ?2 AND {filter.Where}");
        keys.Bind(1, from).Bind(2, until).Bind(filter);
        while (keys.Step())
        {
            visit(keys.Int64(0));
        }
    }

    /// <summary>The keys in [from, until) with the times that their pictures were taken.</summary>
    public void ReadTaken(int from, int until, Action<long, TakenKey> visit)
    {
        _taken.Bind(1, from).Bind(2, until);
        while (_taken.Step())
        {
            visit(_taken.Int64(0), new TakenKey(_taken.IsNull(1) ? TakenKey.NoTime : _taken.Int64(1), _taken.Id(2)));
        }
    }

    public long Count(FilterSql filter)
    {
        using var count = new SqliteStatement(_connection, $"SELECT count(*) FROM facts f WHERE {filter.Where}");
        return count.Bind(filter).Step() ? count.Int64(0) : 0;
    }

    /// <summary>The first keys that pass the filter, at most so many, in no order.</summary>
    public List<int> ReadKeys(FilterSql filter, int most)
    {
        using var keys = new SqliteStatement(_connection, $"SELECT f.key FROM facts f WHERE {filter.Where} LIMIT ?1");
        var found = new List<int>();
        keys.Bind(1, most).Bind(filter);
        while (keys.Step())
        {
            found.Add((int)keys.Int64(0));
        }

        return found;
    }

    /// <summary>The ids of the points that pass the filter, in no order.</summary>
    public List<Guid> ReadIds(FilterSql filter)
    {
        using var ids = new SqliteStatement(_connection, $"SELECT f.id FROM facts f WHERE {filter.Where}");
        var found = new List<Guid>();
        ids.Bind(filter);
        while (ids.Step())
        {
            found.Add(ids.Id(0));
        }

        return found;
    }

    /// <summary>The point with this id and its key; null when it is not there.</summary>
    public (int Key, ImagePoint Point)? FindById(Guid id, RecentPoints recent)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes, bigEndian: true, out _);
        if (!_byId.Bind(1, bytes).Step())
        {
            return null;
        }

        var key = (int)_byId.Int64(0);
        var point = recent.Find(key) ?? new ImagePoint(id, default, PayloadJson.Read(_byId.Blob(1)));
        _byId.Reset();
        return (key, point);
    }

    /// <summary>The point with this key; null when it is not there.</summary>
    public ImagePoint? FindByKey(long key)
    {
        if (!_byKey.Bind(1, key).Step())
        {
            return null;
        }

        var found = new ImagePoint(_byKey.Id(0), default, PayloadJson.Read(_byKey.Blob(1)));
        _byKey.Reset();
        return found;
    }

    /// <summary>The keys from one on whose words match the expression, ascending, with their relevance among all.</summary>
    public void ReadRanked(string expression, int from, Action<long, float> visit)
    {
        _ranked.Bind(1, expression).Bind(2, from);
        while (_ranked.Step())
        {
            // SQLite gives the better match the lower, negative number.
            visit(_ranked.Int64(0), (float)-_ranked.Double(1));
        }
    }

    /// <summary>A statement of the caller's own.</summary>
    public SqliteStatement Prepare(string sql) => new(_connection, sql);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_begin, _end, _state, _tombstones, _byId, _byKey, _ranked, _taken])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
