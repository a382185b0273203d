using System.Globalization;
using ImageSearch.Imaging;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Indexing;

/// <summary>
/// What an indexer knows about every file of one library in one collection: indexed, skipped or failed, with the reason. It
/// says that a file is done only after the collection has acknowledged it. Safe for many threads; other processes may read it.
/// </summary>
public sealed class Ledger : IDisposable
{
    private const string Columns = "folder, name, state, stored, size, modified, changed, read_at, sha256, reason, message";

    private readonly SqliteFile _file;

    private Ledger(SqliteFile file) => _file = file;

    /// <summary>The path of the ledger's file.</summary>
    public string Location => _file.Location;

    /// <summary>Opens the ledger at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="IndexException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static Ledger Open(string path) => new(SqliteFile.Open(path, LedgerSchema.Kind));

    /// <summary>Counts, refused files and the latest run.</summary>
    public LedgerStatus Status() => _file.Use(() =>
    {
        var counts = new Dictionary<(LedgerState, string?), long>();
        using var command = _file.Command(
            "SELECT state, reason, count(*) FROM files WHERE state <> $failed AND state <> $suspect GROUP BY state, reason",
            ("$failed", (int)LedgerState.Failed),
            ("$suspect", (int)LedgerState.Suspect));
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                counts[((LedgerState)reader.GetInt32(0), Text(reader, 1))] = reader.GetInt64(2);
            }
        }

        return new LedgerStatus(
            counts.Where(count => count.Key.Item1 == LedgerState.Indexed).Sum(count => count.Value),
            counts.Where(count => count.Key.Item1 == LedgerState.Pending).Sum(count => count.Value),
            counts.Where(count => count.Key.Item1 == LedgerState.Skipped)
                .ToDictionary(count => Enum.Parse<SkipReason>(count.Key.Item2!), count => count.Value),
            Failures(),
            LedgerRuns.Latest(_file));
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The instance of the collection that the ledger speaks of; null before the first run.</summary>
    internal Guid? Instance => Fact("instance") is { } text ? Guid.Parse(text) : null;

    /// <summary>The device on which the library's root lay in the latest run; 0 when unknown.</summary>
    internal long Device
    {
        get => Fact("device") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        set => SetFact("device", value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Begins anew for another instance of the collection, with the paths of the points that it holds already.</summary>
    internal void Restart(Guid instance, IEnumerable<string> stored)
    {
        _ = _file.Use(() => _file.Execute("DELETE FROM files"));
        foreach (var paths in stored.Chunk(10_000))
        {
            Write(paths.Select(path => LedgerRow.Of(path, LedgerState.Pending) with { Stored = true }));
        }

        SetFact("instance", instance.ToString());
    }

    /// <summary>All rows of one folder, by name.</summary>
    internal Dictionary<string, LedgerRow> Rows(string folder) => _file.Use(() =>
    {
        using var command = _file.Command(
            $"SELECT {Columns} FROM files WHERE folder = $folder",
            ("$folder", folder));
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<string, LedgerRow>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var row = Row(reader);
            rows.Add(row.Name, row);
        }

        return rows;
    });

    /// <summary>The folders that have rows: <paramref name="scope"/> itself and those below it.</summary>
    internal List<string> Folders(string scope) => _file.Use(() =>
    {
        using var command = Scoped("SELECT DISTINCT folder FROM files", scope);
        using var reader = command.ExecuteReader();
        var folders = new List<string>();
        while (reader.Read())
        {
            folders.Add(reader.GetString(0));
        }

        return folders;
    });

    /// <summary>The number of files of which the collection holds points.</summary>
    internal long CountStored(string scope) => _file.Use(() =>
    {
        using var command = Scoped("SELECT coalesce(sum(stored), 0) FROM files", scope);
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>The contents that are indexed, by SHA-256, with the number of files that have them.</summary>
    internal Dictionary<string, long> CountContents() => _file.Use(() =>
    {
        using var command = _file.Command(
            "SELECT sha256, count(*) FROM files WHERE sha256 IS NOT NULL AND state = $indexed GROUP BY sha256",
            ("$indexed", (int)LedgerState.Indexed));
        using var reader = command.ExecuteReader();
        var contents = new Dictionary<string, long>();
        while (reader.Read())
        {
            contents.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return contents;
    });

    /// <summary>Notes that the collection may hold points of these files from now on, so that a death before the acknowledgement loses track of none.</summary>
    internal void Expect(IEnumerable<LedgerRow> rows) => Save(rows.Select(row => row with { State = LedgerState.Pending, Stored = true }),
        $"INSERT INTO files ({Columns}) VALUES ($folder, $name, $state, $stored, 0, 0, 0, 0, NULL, NULL, NULL) ON CONFLICT DO UPDATE SET stored = 1");

    /// <summary>Writes rows, replacing those of the same paths.</summary>
    internal void Write(IEnumerable<LedgerRow> rows) => Save(rows,
        $"INSERT OR REPLACE INTO files ({Columns}) VALUES ($folder, $name, $state, $stored, $size, $modified, $changed, $read, $sha256, $reason, $message)");

    /// <summary>Drops the rows of these paths.</summary>
    internal void Forget(IEnumerable<LedgerRow> rows) => Save(rows, "DELETE FROM files WHERE folder = $folder AND name = $name");

    /// <summary>Makes the next run take up every refused file of the scope again.</summary>
    /// <returns>The number of those files.</returns>
    internal int ForgetFailures(string scope) => _file.Use(() =>
    {
        using var command = Scoped($"UPDATE files SET state = {(int)LedgerState.Pending}, reason = NULL, message = NULL", scope,
            $"state IN ({(int)LedgerState.Failed}, {(int)LedgerState.Suspect})");
        return command.ExecuteNonQuery();
    });

    internal long BeginRun(string folder, DateTimeOffset started) => _file.Use(() => LedgerRuns.Begin(_file, folder, started));

    internal void EndRun(long id, LedgerRun run) => _file.Use(() => LedgerRuns.End(_file, id, run));

    private List<FailedFile> Failures()
    {
        using var command = _file.Command(
            $"SELECT {Columns} FROM files WHERE state IN ($failed, $suspect) ORDER BY folder, name",
            ("$failed", (int)LedgerState.Failed),
            ("$suspect", (int)LedgerState.Suspect));
        using var reader = command.ExecuteReader();
        var failed = new List<FailedFile>();
        while (reader.Read())
        {
            var row = Row(reader);
            failed.Add(new FailedFile(row.Path, Enum.Parse<ImageRefusal>(row.Reason!), row.Message ?? ""));
        }

        return failed;
    }

    private void Save(IEnumerable<LedgerRow> rows, string sql) => _file.Use(() =>
    {
        using var transaction = _file.BeginTransaction();
        using var command = _file.Command(sql);
        string[] names = ["$folder", "$name", "$state", "$stored", "$size", "$modified", "$changed", "$read", "$sha256", "$reason", "$message"];
        SqliteParameter[] parameters = [.. names.Select(name => command.Parameters.AddWithValue(name, DBNull.Value))];
        var written = 0;
        foreach (var row in rows)
        {
            object?[] values =
            [
                row.Folder, row.Name, (int)row.State, row.Stored ? 1 : 0, row.Stamp.Size, row.Stamp.Modified, row.Stamp.Changed, row.ReadAt,
                row.Sha256, row.Reason, row.Message,
            ];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i] ?? DBNull.Value;
            }

            written += command.ExecuteNonQuery();
        }

        transaction.Commit();
        return written;
    });

    private string? Fact(string name) => _file.Use(() =>
    {
        using var command = _file.Command(
            "SELECT value FROM facts WHERE name = $name",
            ("$name", name));
        return (string?)command.ExecuteScalar();
    });

    private void SetFact(string name, string value) => _file.Use(() =>
        _file.Execute("INSERT OR REPLACE INTO facts (name, value) VALUES ($name, $value)", ("$name", name), ("$value", value)));

    /// <summary>Limits a statement to a folder and those below it, whose paths lie between "folder/" and "folder0", the next character.</summary>
    private SqliteCommand Scoped(string sql, string scope, string condition = "1 = 1")
    {
        var where = scope.Length == 0 ? condition : $"{condition} AND (folder = $scope OR (folder >= $scope || '/' AND folder < $scope || '0'))";
        return _file.Command($"{sql} WHERE {where}", ("$scope", scope));
    }

    private static LedgerRow Row(SqliteDataReader reader) => new(reader.GetString(0), reader.GetString(1), (LedgerState)reader.GetInt32(2))
    {
        Stored = reader.GetInt32(3) != 0,
        Stamp = new FileStamp(reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)),
        ReadAt = reader.GetInt64(7),
        Sha256 = Text(reader, 8),
        Reason = Text(reader, 9),
        Message = Text(reader, 10),
    };

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
