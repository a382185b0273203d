using Microsoft.Data.Sqlite;

namespace ImageSearch.Indexing;

/// <summary>The history of runs in a ledger's file.</summary>
internal static class LedgerRuns
{
    public static long Begin(SqliteConnection connection, string folder, DateTimeOffset started)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO runs (folder, started, outcome) VALUES ($folder, $started, $outcome) RETURNING id";
        command.Parameters.AddWithValue("$folder", folder);
        command.Parameters.AddWithValue("$started", started.UtcTicks);
        command.Parameters.AddWithValue("$outcome", (int)RunOutcome.Unfinished);
        return (long)command.ExecuteScalar()!;
    }

    public static int End(SqliteConnection connection, long id, LedgerRun run)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            UPDATE runs SET ended = $ended, outcome = $outcome, message = $message, new = $new, copied = $copied, changed = $changed,
                touched = $touched, unchanged = $unchanged, skipped = $skipped, failed = $failed, removed = $removed, embedded = $embedded
            WHERE id = $id
            """;
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$ended", run.Ended is { } ended ? ended.UtcTicks : DBNull.Value);
        command.Parameters.AddWithValue("$outcome", (int)run.Outcome);
        command.Parameters.AddWithValue("$message", (object?)run.Message ?? DBNull.Value);
        command.Parameters.AddWithValue("$new", run.Summary.New);
        command.Parameters.AddWithValue("$copied", run.Summary.Copied);
        command.Parameters.AddWithValue("$changed", run.Summary.Changed);
        command.Parameters.AddWithValue("$touched", run.Summary.Touched);
        command.Parameters.AddWithValue("$unchanged", run.Summary.Unchanged);
        command.Parameters.AddWithValue("$skipped", run.Summary.Skipped);
        command.Parameters.AddWithValue("$failed", run.Summary.Failed);
        command.Parameters.AddWithValue("$removed", run.Summary.Removed);
        command.Parameters.AddWithValue("$embedded", run.Summary.Embedded);
        return command.ExecuteNonQuery();
    }

    public static LedgerRun? Latest(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT folder, started, ended, outcome, message, new, copied, changed, touched, unchanged, skipped, failed, removed, embedded
            FROM runs ORDER BY id DESC LIMIT 1
            """;
        using var reader = command.ExecuteReader();
        return !reader.Read() ? null : new LedgerRun(
            reader.GetString(0),
            new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero),
            reader.IsDBNull(2) ? null : new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero),
            (RunOutcome)reader.GetInt32(3),
            reader.IsDBNull(4) ? null : reader.GetString(4),
            new IndexSummary
            {
                New = reader.GetInt64(5),
                Copied = reader.GetInt64(6),
                Changed = reader.GetInt64(7),
                Touched = reader.GetInt64(8),
                Unchanged = reader.GetInt64(9),
                Skipped = reader.GetInt64(10),
                Failed = reader.GetInt64(11),
                Removed = reader.GetInt64(12),
                Embedded = reader.GetInt64(13),
            });
    }
}
