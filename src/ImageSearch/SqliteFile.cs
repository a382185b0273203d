using Microsoft.Data.Sqlite;

namespace ImageSearch;

/// <summary>
/// One of the library's own SQLite files, with its write-ahead log: marked with its kind and format, so that no other database and none
/// of a newer version is written to. One connection, which one thread uses at a time; other processes may use the file too. Whatever
/// fails is told as an exception of its kind, with the cure.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int BusySeconds = 30;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteFileKind _kind;

    private SqliteFile(string path, SqliteFileKind kind)
    {
        (Location, _kind) = (path, kind);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusySeconds };
        _connection = new SqliteConnection(settings.ToString());
    }

    /// <summary>The absolute path of the file.</summary>
    public string Location { get; }

    /// <summary>Opens the file at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    public static SqliteFile Open(string path, SqliteFileKind kind)
    {
        var file = new SqliteFile(Path.GetFullPath(path), kind);
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(file.Location)!);
            file.Use(file.Prepare);
            return file;
        }
        catch (Exception failure)
        {
            file.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw kind.Failure($"The {kind.Name} {file.Location} cannot be created: {failure.Message} Check the path and its permissions.", failure);
            }

            throw;
        }
    }

    /// <summary>Does work on the file while no other thread does; the other members are for such work.</summary>
    public void Use(Action work) => Use(() =>
    {
        work();
        return true;
    });

    /// <inheritdoc cref="Use(Action)"/>
    public T Use<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException failure)
            {
                throw _kind.Failure(Explain(failure), failure);
            }
        }
    }

    /// <summary>A transaction that writes; it is taken back unless it is committed.</summary>
    public SqliteTransaction BeginTransaction() => _connection.BeginTransaction(deferred: false);

    /// <summary>A statement, within the transaction under way; null stands for NULL.</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            _ = command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The whole number that a statement answers with.</summary>
    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return (long)command.ExecuteScalar()!;
    }

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
        _ = Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");

        // In this order: another process that creates the file meanwhile marks it in the same transaction as its tables.
        var tables = Number("SELECT count(*) FROM sqlite_schema");
        var applicationId = Number("PRAGMA application_id");
        CheckOrigin(tables, applicationId, Number("PRAGMA user_version"));
        _ = Execute($"PRAGMA journal_mode = WAL; {_kind.Settings}");
        if (applicationId != _kind.ApplicationId)
        {
            using var transaction = BeginTransaction();
            _ = Execute($"{_kind.Tables} PRAGMA application_id = {_kind.ApplicationId}; PRAGMA user_version = {_kind.Version};");
            transaction.Commit();
        }
    }

    private void CheckOrigin(long tables, long applicationId, long version)
    {
        if (applicationId == _kind.ApplicationId && version > _kind.Version)
        {
            throw _kind.Failure(
                $"The {_kind.Name} {Location} has format {version}, and this version knows {_kind.Version}: a newer version of the program wrote it. Use that version.", null);
        }

        if (applicationId != _kind.ApplicationId && (applicationId != 0 || tables > 0))
        {
            throw _kind.Failure($"The file {Location} is a database of something else, and no {_kind.Name}. Move it away, or give another path.", null);
        }
    }

    private string Explain(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_NOTADB => $"The file {Location} is no {_kind.Name}: it is no SQLite database. {_kind.Cure}",
        SQLitePCL.raw.SQLITE_CORRUPT => $"The {_kind.Name} {Location} is damaged. {_kind.Cure}",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            $"The {_kind.Name} {Location} was locked by another process for {BusySeconds} seconds. Try again when that process is done.",
        SQLitePCL.raw.SQLITE_FULL => $"There is no space left for the {_kind.Name} {Location}. Free some space and run again.",
        SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM =>
            $"The {_kind.Name} {Location} cannot be opened for writing: {failure.Message}. Check the path and its permissions.",
        _ => $"The {_kind.Name} {Location} failed: {failure.Message}. Check permissions and free space. If it fails again: {_kind.Cure}",
    };
}
