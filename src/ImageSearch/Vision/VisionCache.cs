using Microsoft.Data.Sqlite;

namespace ImageSearch.Vision;

/// <summary>
/// What models said about pictures, by content, model and question, in one SQLite file, so that nothing is asked and paid for twice. Of
/// questions only the hash is kept. Safe for many threads, and for several processes on the same file.
/// </summary>
internal sealed class VisionCache : IDisposable
{
    private const int ApplicationId = 0x49535643; // "ISVC"
    private const int FormatVersion = 1;
    private const int BusyTimeoutMilliseconds = 30_000;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private VisionCache(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens the file at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="VisionCacheException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static VisionCache Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Pooling = false,
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
        }.ToString());
        var cache = new VisionCache(connection, full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            _ = cache.Guarded(cache.Prepare);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new VisionCacheException($"The file of kept answers {full} cannot be created: {failure.Message} Give another home folder or the right to write there.", failure);
            }

            throw;
        }

        return cache;
    }

    /// <summary>The answer that is kept under <paramref name="key"/>; null where there is none.</summary>
    /// <exception cref="VisionCacheException">The file is damaged or cannot be read.</exception>
    public string? Find(VisionKey key) => Guarded(() =>
    {
        using var command = Command("SELECT answer FROM answers WHERE sha256 = $sha256 AND model = $model AND asked = $asked", key);
        return command.ExecuteScalar() as string;
    });

    /// <summary>Keeps answers, all or none; what is kept under a key already is replaced.</summary>
    /// <exception cref="VisionCacheException">The file is damaged or cannot be written.</exception>
    public void Store(IReadOnlyCollection<(VisionKey Key, string Answer)> answers) => _ = Guarded(() =>
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var (key, answer) in answers)
        {
            using var command = Command("INSERT OR REPLACE INTO answers (sha256, model, asked, answer) VALUES ($sha256, $model, $asked, $answer)", key);
            command.Transaction = transaction;
            command.Parameters.AddWithValue("$answer", answer);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private bool Prepare()
    {
        _connection.Open();
        Execute($"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");

        // In this order: another process that creates the file meanwhile marks it in the same transaction as its tables.
        var tables = Number("SELECT count(*) FROM sqlite_schema");
        var applicationId = Number("PRAGMA application_id");
        var version = Number("PRAGMA user_version");
        if (applicationId == ApplicationId && version > FormatVersion)
        {
            throw new VisionCacheException($"The file of kept answers {_path} has format {version}, and this version knows {FormatVersion}: a newer version wrote it. Use that version.");
        }

        if (applicationId != ApplicationId && (applicationId != 0 || tables > 0))
        {
            throw new VisionCacheException($"The file {_path} is a database of something else. Move it away.");
        }

        // A power cut may lose the last answers, which are then only asked for again; it never damages the file.
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        if (applicationId != ApplicationId)
        {
            Create();
        }

        return true;
    }

    private void Create()
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        Execute(
            $"""
            CREATE TABLE IF NOT EXISTS answers (
                sha256 TEXT NOT NULL,
                model TEXT NOT NULL,
                asked TEXT NOT NULL,
                answer TEXT NOT NULL,
                PRIMARY KEY (sha256, model, asked)) STRICT, WITHOUT ROWID;
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {FormatVersion};
            """);
        transaction.Commit();
    }

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
                throw new VisionCacheException(
                    $"The file of kept answers {_path} cannot be used: {failure.Message}. If it fails again, delete the file; what models said is then asked for again.", failure);
            }
        }
    }

    private SqliteCommand Command(string sql, VisionKey key)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$sha256", key.Sha256);
        command.Parameters.AddWithValue("$model", key.Model);
        command.Parameters.AddWithValue("$asked", key.Asked);
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
