using Microsoft.Data.Sqlite;

namespace ImageSearch.Indexing;

/// <summary>The SQLite file of a ledger: what marks it as one, its format, its tables.</summary>
internal static class LedgerSchema
{
    private const int ApplicationId = 0x49534C47; // "ISLG"
    private const int FormatVersion = 1;

    /// <summary>Opens the file, and creates it where there is none.</summary>
    /// <exception cref="IndexException">It is something else's, or a newer version wrote it.</exception>
    /// <exception cref="SqliteException">It cannot be opened or is damaged.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout = 30000");
            CheckOrigin(connection, path);
            Create(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CheckOrigin(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (application == ApplicationId && version > FormatVersion)
        {
            throw new IndexException(
                IndexFault.LedgerUnusable,
                $"The ledger {path} has format {version}, and this version knows {FormatVersion}: a newer version of the program wrote it. Use that version.");
        }

        if (application != ApplicationId && (application != 0 || Number(connection, "SELECT count(*) FROM sqlite_schema") > 0))
        {
            throw new IndexException(IndexFault.LedgerUnusable, $"The file {path} is a database of something else, not a ledger. Move it away.");
        }
    }

    private static void Create(SqliteConnection connection)
    {
        // A power cut may lose the last entries; the collection then already holds those files, and writing twice is writing once.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        Execute(connection, $"""
            CREATE TABLE IF NOT EXISTS files (
                folder TEXT NOT NULL, name TEXT NOT NULL, state INTEGER NOT NULL, stored INTEGER NOT NULL,
                size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, read_at INTEGER NOT NULL,
                sha256 TEXT, reason TEXT, message TEXT, PRIMARY KEY (folder, name)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS runs (
                id INTEGER PRIMARY KEY, folder TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER, outcome INTEGER NOT NULL, message TEXT,
                new INTEGER NOT NULL DEFAULT 0, copied INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
                touched INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
                failed INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0, embedded INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {FormatVersion};
            """);
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
