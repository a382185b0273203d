using System.Buffers;
using ImageSearch.Collections.Vectors;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>
/// Makes the next generation: the vectors of the live rows in a new folder, then every point renumbered in one transaction. A
/// crash before its commit leaves a folder that nothing names, one after it the old folder; the next writer deletes either.
/// </summary>
internal sealed class Compaction(SqliteConnection connection, PointTables tables)
{
    private const int VectorsAtOnce = 1024;

    /// <summary>The keys that are points, in order.</summary>
    public List<int> ReadKeys()
    {
        using var statement = new SqliteStatement(connection, "SELECT key FROM facts ORDER BY key");
        var keys = new List<int>();
        while (statement.Step())
        {
            keys.Add((int)statement.Int64(0));
        }

        return keys;
    }

    /// <summary>Copies the vectors of these rows, durable when it returns.</summary>
    public static void CopyVectors(VectorStore from, VectorStore to, List<int> rows, CancellationToken cancellationToken)
    {
        var dimension = from.Dimension;
        var buffer = ArrayPool<float>.Shared.Rent(VectorsAtOnce * dimension);
        try
        {
            foreach (var chunk in rows.Chunk(VectorsAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < chunk.Length; i++)
                {
                    from.CopyVector(chunk[i], buffer.AsSpan(i * dimension, dimension));
                }

                to.Append(buffer.AsSpan(0, chunk.Length * dimension));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Gives the points the keys 0, 1, 2 … in their order; the transaction is the caller's.</summary>
    public void Renumber(List<int> keys, int generation, CancellationToken cancellationToken)
    {
        CollectionDatabase.Execute(connection, "INSERT INTO words (words) VALUES ('delete-all')");
        using var payload = new SqliteStatement(connection, "SELECT payload FROM points WHERE key = ?1");
        using var movePoint = new SqliteStatement(connection, "UPDATE points SET key = ?2 WHERE key = ?1");
        using var moveFacts = new SqliteStatement(connection, "UPDATE facts SET key = ?2 WHERE key = ?1");
        for (var key = 0; key < keys.Count; key++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = payload.Bind(1, keys[key]).Step();
            tables.AddWords(key, PayloadJson.Read(payload.Blob(0)).Words);
            payload.Reset();
            if (keys[key] != key)
            {
                // A new key is never above its old one, so it is free by now.
                movePoint.Bind(1, keys[key]).Bind(2, key).Execute();
                moveFacts.Bind(1, keys[key]).Bind(2, key).Execute();
            }
        }

        CollectionDatabase.Execute(connection, "DELETE FROM tombstones");
        using var state = new SqliteStatement(connection, "UPDATE collection SET generation = ?1, rows = ?2");
        state.Bind(1, generation).Bind(2, keys.Count).Execute();
    }

    /// <summary>Merges the index of the words and gives the space of the database back.</summary>
    public void Shrink()
    {
        CollectionDatabase.Execute(connection, "INSERT INTO words (words) VALUES ('optimize')");
        CollectionDatabase.Execute(connection, "VACUUM");
        CollectionDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
