using System.Buffers;
using System.Text.Json;
using ImageSearch.Collections.Vectors;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>
/// The writes of one open collection; one at a time. Vectors become durable first and points second, in one transaction: what a
/// crash leaves between the two are rows that nothing names, and the next write buries them.
/// </summary>
internal sealed class CollectionWriter : IDisposable
{
    /// <summary>Vectors handed to the store at a time: enough to make its flush cheap, few enough to keep no batch twice in memory.</summary>
    private const int VectorsAtOnce = 1024;

    private readonly SqliteConnection _connection;
    private readonly PointTables _tables;
    private readonly SqliteStatement _readRows;
    private readonly SqliteStatement _writeRows;

    public CollectionWriter(SqliteConnection connection)
    {
        _connection = connection;
        _tables = new PointTables(connection);
        _readRows = new SqliteStatement(connection, "SELECT rows FROM collection");
        _writeRows = new SqliteStatement(connection, "UPDATE collection SET rows = ?1");
    }

    /// <summary>Writes points, all or none; they have been checked.</summary>
    public void Upsert(IReadOnlyList<ImagePoint> points, VectorStore vectors)
    {
        var kept = LastOfEach(points);
        var json = new ArrayBufferWriter<byte>(kept.Count * 1024);
        var ends = Serialise(kept, json);
        var first = Append(kept, vectors);
        InTransaction(() =>
        {
            // Rows of a write that failed or was killed after its vectors were durable. They are not truncated: a reader may have
            // seen them, and a row that it has seen never changes.
            for (var row = ReadRows(); row < first; row++)
            {
                _tables.Bury(row);
            }

            for (var i = 0; i < kept.Count; i++)
            {
                var start = i == 0 ? 0 : ends[i - 1];
                _tables.Put(first + i, kept[i].Id, kept[i].Payload, json.WrittenSpan[start..ends[i]]);
            }

            _writeRows.Bind(1, first + kept.Count).Execute();
        });
    }

    /// <summary>Deletes points, all or none; the number that were there.</summary>
    public int Delete(IReadOnlyList<Guid> ids)
    {
        var deleted = 0;
        InTransaction(() =>
        {
            foreach (var id in ids)
            {
                deleted += _tables.Delete(id) ? 1 : 0;
            }
        });
        return deleted;
    }

    /// <summary>Drops the rows that are no points; searches go on meanwhile, in the old generation until the new one is whole.</summary>
    public void Compact(CollectionReader reader, VectorGeneration old, CollectionFiles files, CancellationToken cancellationToken)
    {
        var compaction = new Compaction(_connection, _tables);
        var keys = compaction.ReadKeys();
        if (keys.Count < old.Store.Count)
        {
            var next = Open(old.Number + 1, old.Store.Dimension, files);
            try
            {
                Compaction.CopyVectors(old.Store, next.Store, keys, cancellationToken);
                InTransaction(() => compaction.Renumber(keys, next.Number, cancellationToken), commit => reader.Move(next, commit));
            }
            catch
            {
                if (reader.Current != next)
                {
                    next.Dispose();
                    files.DeleteVectorsExcept(old.Number);
                }

                throw;
            }

            files.DeleteVectorsExcept(next.Number);
        }

        compaction.Shrink();
    }

    public void Dispose()
    {
        _tables.Dispose();
        _readRows.Dispose();
        _writeRows.Dispose();
        _connection.Dispose();
    }

    /// <summary>Opens a generation's vectors for writing.</summary>
    public static VectorGeneration Open(int number, int dimension, CollectionFiles files) =>
        new(number, VectorStore.Open(files.Vectors(number), dimension, VectorStoreAccess.Write));

    private static List<ImagePoint> LastOfEach(IReadOnlyList<ImagePoint> points)
    {
        var last = new Dictionary<Guid, int>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            last[points[i].Id] = i;
        }

        return [.. points.Where((point, i) => last[point.Id] == i)];
    }

    // Before anything is written, so that a payload that is no JSON (a number that is none) is refused whole.
    private static int[] Serialise(List<ImagePoint> points, ArrayBufferWriter<byte> json)
    {
        using var writer = new Utf8JsonWriter(json);
        var ends = new int[points.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            PayloadJson.Write(writer, points[i].Payload);
            writer.Flush();
            writer.Reset();
            ends[i] = json.WrittenCount;
        }

        return ends;
    }

    private static int Append(List<ImagePoint> points, VectorStore vectors)
    {
        var rows = new float[Math.Min(points.Count, VectorsAtOnce) * vectors.Dimension];
        var first = vectors.Count;
        foreach (var chunk in points.Chunk(VectorsAtOnce))
        {
            for (var i = 0; i < chunk.Length; i++)
            {
                chunk[i].Vector.Span.CopyTo(rows.AsSpan(i * vectors.Dimension));
            }

            vectors.Append(rows.AsSpan(0, chunk.Length * vectors.Dimension));
        }

        return first;
    }

    private int ReadRows()
    {
        _ = _readRows.Step();
        var rows = (int)_readRows.Int64(0);
        _readRows.Reset();
        return rows;
    }

    private void InTransaction(Action write) => InTransaction(write, static commit => commit());

    private void InTransaction(Action write, Action<Action> commit)
    {
        CollectionDatabase.Execute(_connection, "BEGIN IMMEDIATE");
        try
        {
            write();
            commit(() => CollectionDatabase.Execute(_connection, "COMMIT"));
        }
        catch
        {
            _tables.Forget();
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        // SQLite has rolled back by itself where it ran out of space.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            CollectionDatabase.Execute(_connection, "ROLLBACK");
        }
    }
}
