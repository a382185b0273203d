using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Embedding;

/// <summary>
/// Vectors by model, dimension and content of the picture or text, in one SQLite file, so that moves, copies, rebuilds and words that
/// are searched for again are not computed or paid for again. Of texts and pictures only the hash is kept. Safe for many threads, and for several processes on the same file.
/// </summary>
public sealed class EmbeddingCache : IDisposable
{
    private const int ApplicationId = 0x49534543; // "ISEC"
    private const int FormatVersion = 1;
    private const int BusyTimeoutMilliseconds = 30_000;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private EmbeddingCache(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens the cache at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="EmbeddingCacheException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static EmbeddingCache Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Pooling = false,
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
        }.ToString());
        var cache = new EmbeddingCache(connection, full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            cache.Guarded(cache.Prepare);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new EmbeddingCacheException(
                    $"The embedding cache {full} cannot be created: {failure.Message} Give another path or the right to write there.", failure);
            }

            throw;
        }

        return cache;
    }

    /// <summary>The number of vectors and the size of the file.</summary>
    /// <exception cref="EmbeddingCacheException">The file is damaged or cannot be read.</exception>
    public EmbeddingCacheStatistics Statistics() => Guarded(() =>
    {
        var entries = Number("SELECT count(*) FROM embeddings");
        return new EmbeddingCacheStatistics(entries, Number("PRAGMA page_count") * Number("PRAGMA page_size"));
    });

    /// <summary>The vector stored under <paramref name="key"/>, shape [dimension]; null when there is none or it no longer passes its checksum.</summary>
    internal float[]? Find(EmbeddingKey key) => Guarded(() =>
    {
        using var command = Command(
            "SELECT vector, checksum FROM embeddings WHERE sha256 = $sha256 AND model = $model AND dimension = $dimension", key);
        using var reader = command.ExecuteReader();
        if (!reader.Read() || reader.GetValue(0) is not byte[] bytes || reader.GetValue(1) is not long checksum)
        {
            return null;
        }

        // SQLite does not check its pages: a damaged row is a miss, and the picture is simply embedded again.
        if (bytes.Length != key.Dimension * sizeof(float))
        {
            return null;
        }

        var vector = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return key.Checksum(vector) == checksum ? vector : null;
    });

    /// <summary>Stores vectors, all or none; an entry that is there already is replaced.</summary>
    internal void Store(IReadOnlyCollection<KeyValuePair<EmbeddingKey, ReadOnlyMemory<float>>> entries) => Guarded(() =>
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var (key, vector) in entries)
        {
            using var command = Command(
                """
                INSERT INTO embeddings (model, dimension, sha256, vector, checksum) VALUES ($model, $dimension, $sha256, $vector, $checksum)
                ON CONFLICT (sha256, model, dimension) DO UPDATE SET vector = excluded.vector, checksum = excluded.checksum
                """,
                key);
            command.Transaction = transaction;
            command.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes(vector.Span).ToArray());
            command.Parameters.AddWithValue("$checksum", key.Checksum(vector.Span));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private void Prepare()
    {
        _connection.Open();
        Execute($"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");

        // In this order: another process that creates the file meanwhile marks it in the same transaction as its tables.
        var tables = Number("SELECT count(*) FROM sqlite_schema");
        var applicationId = Number("PRAGMA application_id");
        CheckOrigin(tables, applicationId, Number("PRAGMA user_version"));

        // A power cut may lose the last vectors, which are then only computed again; it never damages the file.
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        if (applicationId != ApplicationId)
        {
            Create();
        }
    }

    private void Create()
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        Execute(
            $"""
            CREATE TABLE IF NOT EXISTS embeddings (
                model TEXT NOT NULL,
                dimension INTEGER NOT NULL,
                sha256 TEXT NOT NULL,
                vector BLOB NOT NULL,
                checksum INTEGER NOT NULL,
                UNIQUE (sha256, model, dimension)) STRICT;
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {FormatVersion};
            """);
        transaction.Commit();
    }

    private void CheckOrigin(long tables, long applicationId, long version)
    {
        if (applicationId == ApplicationId && version > FormatVersion)
        {
            throw new EmbeddingCacheException(
                $"The embedding cache {_path} has format {version}, and this version knows {FormatVersion}: a newer version wrote it. Use that version, or give another path.");
        }

        if (applicationId != ApplicationId && (applicationId != 0 || tables > 0))
        {
            throw new EmbeddingCacheException($"The file {_path} is a database of something else, not an embedding cache. Give another path.");
        }
    }

    private void Guarded(Action work) => Guarded(() =>
    {
        work();
        return true;
    });

    private T Guarded<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException failure)
            {
                throw new EmbeddingCacheException(Explain(failure), failure);
            }
        }
    }

    private string Explain(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_NOTADB =>
            $"The file {_path} is not an embedding cache: it is no SQLite database. Give another path, or delete the file; vectors are then computed again.",
        SQLitePCL.raw.SQLITE_CORRUPT =>
            $"The embedding cache {_path} is damaged. Delete it; vectors are then computed again.",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            $"The embedding cache {_path} was locked by another process for {BusyTimeoutMilliseconds / 1000} seconds. Try again when that process is done.",
        SQLitePCL.raw.SQLITE_FULL =>
            $"There is no space left for the embedding cache {_path}. Free some space and run again.",
        SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM =>
            $"The embedding cache {_path} cannot be opened for writing: {failure.Message}. Check the path and its permissions.",
        _ => $"The embedding cache {_path} failed: {failure.Message}. If it fails again, delete the file; vectors are then computed again.",
    };

    private SqliteCommand Command(string sql, EmbeddingKey key)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$model", key.StoredModel);
        command.Parameters.AddWithValue("$dimension", key.Dimension);
        command.Parameters.AddWithValue("$sha256", key.Sha256);
        return command;
    }

    private long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
