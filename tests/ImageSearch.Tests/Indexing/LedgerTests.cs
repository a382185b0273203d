using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class LedgerTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_is_written_is_read_back_from_the_file()
    {
        var row = new LedgerRow("a/b", "c\n\u202E'.jpg", LedgerState.Failed)
        {
            Stored = true,
            Stamp = new FileStamp(long.MaxValue, -1, 7),
            ReadAt = 8,
            Sha256 = "ab",
            Reason = nameof(ImageRefusal.Corrupt),
            Message = "why",
        };
        using (var ledger = Open())
        {
            ledger.Write([row]);
        }

        using var again = Open();

        Assert.Equal(row, again.Rows("a/b")[row.Name]);
        Assert.Equal(new FailedFile(row.Path, ImageRefusal.Corrupt, "why"), Assert.Single(again.Status().Failed));
    }

    [Fact]
    public void A_scope_is_a_folder_and_what_lies_below_it()
    {
        using var ledger = Open();
        ledger.Write(new[] { "x", "a/x", "a/b/x", "a b/x", "a-b/x", "ab/x", "a0/x", "b/a/x" }
            .Select(path => LedgerRow.Of(path, LedgerState.Indexed) with { Stored = true }));

        Assert.Equal(["a", "a/b"], ledger.Folders("a").Order(StringComparer.Ordinal));
        Assert.Equal(2, ledger.CountStored("a"));
        Assert.Equal(8, ledger.CountStored(""));
    }

    [Fact]
    public void Expecting_a_point_keeps_what_is_known_about_its_file()
    {
        using var ledger = Open();
        var failed = LedgerRow.Of("a", LedgerState.Failed) with { Reason = nameof(ImageRefusal.Corrupt) };
        ledger.Write([failed]);

        ledger.Expect([LedgerRow.Of("a", LedgerState.Indexed), LedgerRow.Of("b", LedgerState.Indexed)]);

        Assert.Equal(failed with { Stored = true }, ledger.Rows("")["a"]);
        Assert.Equal(LedgerRow.Of("b", LedgerState.Pending) with { Stored = true }, ledger.Rows("")["b"]);
    }

    [Theory]
    [InlineData("PRAGMA application_id = 1; CREATE TABLE t (x)", "something else")]
    [InlineData("CREATE TABLE t (x)", "something else")]
    [InlineData("PRAGMA application_id = 1230195783; PRAGMA user_version = 99", "newer version")]
    public void A_database_of_something_else_or_a_newer_version_is_refused(string sql, string message)
    {
        using (var connection = new SqliteConnection($"Data Source={Location};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            _ = command.ExecuteNonQuery();
        }

        var refusal = Assert.Throws<IndexException>(Open);

        Assert.Equal(IndexFault.LedgerUnusable, refusal.Fault);
        Assert.Contains(message, refusal.Message);
    }

    [Fact]
    public void A_damaged_file_is_refused_with_the_cure()
    {
        File.WriteAllText(Location, new string('x', 5000));

        Assert.Contains("Delete it and run again", Assert.Throws<IndexException>(Open).Message);
    }

    [Fact]
    public void A_run_whose_process_died_stays_unfinished()
    {
        var started = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);
        using var ledger = Open();

        _ = ledger.BeginRun("a", started);

        Assert.Equal(new LedgerRun("a", started, null, RunOutcome.Unfinished, null, IndexSummary.Empty), ledger.Status().LastRun);
    }

    private string Location => Path.Join(_temp.Path, "ledger.db");

    private Ledger Open() => Ledger.Open(Location);
}
