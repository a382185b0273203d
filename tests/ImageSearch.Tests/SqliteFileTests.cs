using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly SqliteFileKind Kind = new(
        "box", 77, 2, "PRAGMA synchronous = NORMAL;", "CREATE TABLE IF NOT EXISTS things (name TEXT PRIMARY KEY) STRICT;", "Buy another one.", (message, cause) => new InvalidDataException(message, cause));

    private readonly TempFolder _temp = new();

    private string Location => Path.Join(_temp.Path, "deep", "box.db");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Many_who_open_a_new_file_at_once_make_its_tables_once_and_share_it()
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        var threads = Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            if (Record.Exception(() => Write($"thing {number}")) is { } failure)
            {
                failures.Add(failure);
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Empty(failures);
        using var file = SqliteFile.Open(Location, Kind);
        Assert.Equal(8, file.Use(() => file.Number("SELECT count(*) FROM things")));
    }

    [Fact]
    public void What_is_not_committed_is_taken_back_when_the_work_fails()
    {
        using var file = SqliteFile.Open(Location, Kind);

        Assert.Throws<ArithmeticException>(() => file.Use(() =>
        {
            using var transaction = file.BeginTransaction();
            _ = file.Execute("INSERT INTO things VALUES ('a')");
            throw new ArithmeticException();
        }));

        Assert.Equal(0, file.Use(() => file.Number("SELECT count(*) FROM things")));
    }

    [Theory]
    [InlineData(77, 3, 2, "has format 3, and this version knows 2")]
    [InlineData(78, 2, 2, "something else, and no box")]
    public void A_file_of_another_kind_or_a_newer_format_is_refused_and_left_as_it_is(int id, int written, int known, string message)
    {
        SqliteFile.Open(Location, Kind with { ApplicationId = id, Version = written }).Dispose();
        var before = File.ReadAllBytes(Location);

        var refusal = Assert.Throws<InvalidDataException>(() => SqliteFile.Open(Location, Kind with { Version = known }));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Location));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var path = Path.Join(_temp.Path, "notes.txt");
        File.WriteAllText(path, new string('x', 5000));

        var refusal = Assert.Throws<InvalidDataException>(() => SqliteFile.Open(path, Kind));

        Assert.Equal($"The file {path} is no box: it is no SQLite database. Buy another one.", refusal.Message);
        Assert.Equal(new string('x', 5000), File.ReadAllText(path));
    }

    [Fact]
    public void A_database_without_a_mark_is_something_elses_and_left_alone()
    {
        SqliteFile.Open(Location, Kind).Dispose();
        using (var file = SqliteFile.Open(Location, Kind))
        {
            _ = file.Use(() => file.Execute("PRAGMA application_id = 0"));
        }

        var refusal = Assert.Throws<InvalidDataException>(() => SqliteFile.Open(Location, Kind with { Tables = "CREATE TABLE more (x)" }));

        Assert.Contains("something else", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused_with_the_cure()
    {
        for (var at = 0; at < 100; at++)
        {
            Write(new string('x', 1000) + at);
        }

        using (var file = File.OpenWrite(Location))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xAB, (int)file.Length - 4096).ToArray());
        }

        var refusal = Assert.Throws<InvalidDataException>(() => Write("one more"));

        Assert.Equal($"The box {Location} is damaged. Buy another one.", refusal.Message);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_or_a_file_in_that_of_its_folder_is_a_clear_error()
    {
        _ = Directory.CreateDirectory(Location);

        var folder = Assert.Throws<InvalidDataException>(() => SqliteFile.Open(Location, Kind));
        File.WriteAllText(Path.Join(_temp.Path, "file"), "");
        var file = Assert.Throws<InvalidDataException>(() => SqliteFile.Open(Path.Join(_temp.Path, "file", "box.db"), Kind));

        Assert.Contains(Location, folder.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be created", file.Message, StringComparison.Ordinal);
    }

    private void Write(string name)
    {
        using var file = SqliteFile.Open(Location, Kind);
        _ = file.Use(() => file.Execute("INSERT INTO things VALUES ($name)", ("$name", name)));
    }
}
