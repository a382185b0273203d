using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Collections.Embedded;

/// <summary>Opens, makes and recognises <c>collection.db</c>.</summary>
internal static class CollectionDatabase
{
    private const int BusyMilliseconds = 5_000;

    /// <summary>A connection that reads; it sees what writers of other processes commit.</summary>
    public static SqliteConnection OpenForReading(CollectionFiles files) => Connect(files, SqliteOpenMode.ReadOnly);

    /// <summary>The connection that writes; every commit is on the disk when it returns. The file is made when it is not there.</summary>
    public static SqliteConnection OpenForWriting(CollectionFiles files)
    {
        var connection = Connect(files, SqliteOpenMode.ReadWriteCreate);
        try
        {
            CheckFormat(connection, files);
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA cache_size = -32000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the tables, all or none.</summary>
    public static void Create(SqliteConnection connection, CollectionHeader header, int generation)
    {
        Execute(connection, "BEGIN IMMEDIATE");
        Execute(connection, $"PRAGMA application_id = {CollectionSchema.ApplicationId}");
        Execute(connection, $"PRAGMA user_version = {CollectionSchema.Version}");
        Execute(connection, CollectionSchema.Tables);
        using (var insert = new SqliteStatement(connection, "INSERT INTO collection VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)"))
        {
            insert.Bind(1, header.InstanceId.ToByteArray(bigEndian: true))
                .Bind(2, header.Fingerprint.Model)
                .Bind(3, header.Fingerprint.Dimension)
                .Bind(4, header.Fingerprint.Preparation)
                .Bind(5, header.Created.ToString("O", CultureInfo.InvariantCulture))
                .Bind(6, generation)
                .Execute();
        }

        Execute(connection, "COMMIT");
    }

    /// <summary>The header; null when the file was made and nothing was committed to it yet.</summary>
    /// <exception cref="CollectionException">Newer, foreign or damaged.</exception>
    public static CollectionHeader? ReadHeader(SqliteConnection connection, CollectionFiles files)
    {
        if (!CheckFormat(connection, files))
        {
            return null;
        }

        using var header = new SqliteStatement(connection, "SELECT instance, model, dimension, preparation, created FROM collection");
        return header.Step()
            ? new CollectionHeader(
                new Guid(header.Blob(0), bigEndian: true),
                new CollectionFingerprint(header.Text(1), (int)header.Int64(2), header.Text(3)),
                DateTimeOffset.Parse(header.Text(4), CultureInfo.InvariantCulture))
            : throw EmbeddedFault.Damaged(files.Folder, "its header is missing");
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // True for a collection, false for an empty database.
    private static bool CheckFormat(SqliteConnection connection, CollectionFiles files)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        return (application, version) switch
        {
            (CollectionSchema.ApplicationId, CollectionSchema.Version) => true,
            (CollectionSchema.ApplicationId, > CollectionSchema.Version) => throw new CollectionException(
                CollectionFault.NewerFormat,
                $"The collection in '{files.Folder}' has format {version}; this program knows up to {CollectionSchema.Version}. Update ImageSearch, or choose another collection."),
            (0, 0) when Number(connection, "SELECT count(*) FROM sqlite_schema") == 0 => false,
            _ => throw EmbeddedFault.Foreign(files.Folder),
        };
    }

    private static SqliteConnection Connect(CollectionFiles files, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = files.Database, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            SqlFunctions.Register(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }
}
