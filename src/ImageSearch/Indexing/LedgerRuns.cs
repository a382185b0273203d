namespace ImageSearch.Indexing;

/// <summary>The history of runs in a ledger's file.</summary>
internal static class LedgerRuns
{
    public static long Begin(SqliteFile file, string folder, DateTimeOffset started) => file.Number(
        "INSERT INTO runs (folder, started, outcome) VALUES ($folder, $started, $outcome) RETURNING id",
        ("$folder", folder),
        ("$started", started.UtcTicks),
        ("$outcome", (int)RunOutcome.Unfinished));

    public static int End(SqliteFile file, long id, LedgerRun run) => file.Execute(
        """
        UPDATE runs SET ended = $ended, outcome = $outcome, message = $message, new = $new, copied = $copied, changed = $changed,
            touched = $touched, unchanged = $unchanged, skipped = $skipped, failed = $failed, removed = $removed, embedded = $embedded
        WHERE id = $id
        """,
        ("$id", id),
        ("$ended", run.Ended?.UtcTicks),
        ("$outcome", (int)run.Outcome),
        ("$message", run.Message),
        ("$new", run.Summary.New),
        ("$copied", run.Summary.Copied),
        ("$changed", run.Summary.Changed),
        ("$touched", run.Summary.Touched),
        ("$unchanged", run.Summary.Unchanged),
        ("$skipped", run.Summary.Skipped),
        ("$failed", run.Summary.Failed),
        ("$removed", run.Summary.Removed),
        ("$embedded", run.Summary.Embedded));

    public static LedgerRun? Latest(SqliteFile file)
    {
        using var command = file.Command(
            """
            SELECT folder, started, ended, outcome, message, new, copied, changed, touched, unchanged, skipped, failed, removed, embedded
            FROM runs ORDER BY id DESC LIMIT 1
            """);
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
