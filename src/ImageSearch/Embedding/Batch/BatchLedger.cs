namespace ImageSearch.Embedding.Batch;

/// <summary>
/// Which pictures are under way in which part, and how far each part is, in one SQLite file: so a process that was killed goes on where it
/// was, and no picture is sent twice. Safe for many threads; one process at a time, which holds the lock beside it.
/// </summary>
internal sealed class BatchLedger : IDisposable
{
    private static readonly SqliteFileKind Kind = new(
        "account of batches",
        ApplicationId: 0x4953424C, // "ISBL"
        Version: 1,
        "PRAGMA synchronous = FULL;",
        """
        CREATE TABLE IF NOT EXISTS parts (
            id TEXT NOT NULL UNIQUE, model TEXT NOT NULL, dimension INTEGER NOT NULL, records INTEGER NOT NULL,
            location TEXT NOT NULL, role TEXT NOT NULL, state TEXT NOT NULL, job TEXT) STRICT;
        CREATE TABLE IF NOT EXISTS entries (
            part TEXT NOT NULL, number INTEGER NOT NULL, sha256 TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (part, number)) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS entries_sha256 ON entries (sha256);
        """,
        Cure,
        (message, cause) => new BatchException(message, cause));

    private const string Cure = "Move it away; jobs that it knew are then not collected.";

    private readonly FileStream _held;
    private readonly SqliteFile _file;

    private BatchLedger(FileStream held, SqliteFile file) => (_held, _file) = (held, file);

    /// <summary>Opens the ledger in <paramref name="folder"/>, and creates both where they are not.</summary>
    /// <exception cref="BatchException">Another process has it open, or it cannot be read or written.</exception>
    public static BatchLedger Open(string folder)
    {
        var held = Hold(folder);
        try
        {
            return new BatchLedger(held, SqliteFile.Open(Path.Combine(folder, "batch.db"), Kind));
        }
        catch (BatchException)
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The parts of a model that are under way, the oldest first.</summary>
    public IReadOnlyList<BatchPart> Parts(string model, int dimension) => _file.Use(() =>
    {
        using var command = _file.Command(
            "SELECT id, records, location, role, state, job FROM parts WHERE model = $model AND dimension = $dimension ORDER BY rowid",
            ("$model", model),
            ("$dimension", dimension));
        using var reader = command.ExecuteReader();
        var parts = new List<BatchPart>();
        while (reader.Read())
        {
            parts.Add(new BatchPart(reader.GetString(0), model, dimension, reader.GetInt32(1), LocationOf(reader.GetString(2)), reader.GetString(3))
            {
                State = Enum.Parse<BatchPartState>(reader.GetString(4)),
                JobArn = reader.IsDBNull(5) ? null : reader.GetString(5),
            });
        }

        return parts;
    });

    /// <summary>Whether a picture is in a part that is under way.</summary>
    public bool Holds(string model, int dimension, string sha256) => _file.Use(() =>
    {
        using var command = _file.Command(
            "SELECT 1 FROM entries JOIN parts ON parts.id = entries.part WHERE sha256 = $sha256 AND model = $model AND dimension = $dimension",
            ("$sha256", sha256),
            ("$model", model),
            ("$dimension", dimension));
        return command.ExecuteScalar() is not null;
    });

    /// <summary>The pictures of a part.</summary>
    public IReadOnlyList<BatchEntry> Entries(BatchPart part) => _file.Use(() =>
    {
        using var command = _file.Command("SELECT number, sha256, path FROM entries WHERE part = $part ORDER BY number", ("$part", part.Id));
        using var reader = command.ExecuteReader();
        var entries = new List<BatchEntry>(part.Records);
        while (reader.Read())
        {
            entries.Add(new BatchEntry(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return entries;
    });

    /// <summary>Notes a new part with its pictures, all or nothing.</summary>
    public void Add(BatchPart part, IEnumerable<BatchEntry> entries) => _file.Use(() =>
    {
        using var transaction = _file.BeginTransaction();
        _ = _file.Execute(
            "INSERT INTO parts (id, model, dimension, records, location, role, state) VALUES ($id, $model, $dimension, $records, $location, $role, $state)",
            ("$id", part.Id),
            ("$model", part.Model),
            ("$dimension", part.Dimension),
            ("$records", part.Records),
            ("$location", part.Location.ToString()),
            ("$role", part.RoleArn),
            ("$state", part.State.ToString()));
        foreach (var entry in entries)
        {
            _ = _file.Execute(
                "INSERT INTO entries (part, number, sha256, path) VALUES ($part, $number, $sha256, $path)",
                ("$part", part.Id),
                ("$number", entry.Number),
                ("$sha256", entry.Sha256),
                ("$path", entry.Path));
        }

        transaction.Commit();
    });

    /// <summary>Notes how far a part is now.</summary>
    public void Update(BatchPart part) => _file.Use(() =>
        _file.Execute(
            "UPDATE parts SET state = $state, job = $job WHERE id = $id",
            ("$id", part.Id),
            ("$state", part.State.ToString()),
            ("$job", part.JobArn)));

    /// <summary>Forgets a part: its pictures are no longer under way.</summary>
    public void Remove(BatchPart part) => _file.Use(() =>
    {
        using var transaction = _file.BeginTransaction();
        _ = _file.Execute("DELETE FROM entries WHERE part = $id; DELETE FROM parts WHERE id = $id", ("$id", part.Id));
        transaction.Commit();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _held.Dispose();
    }

    private static FileStream Hold(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "batch.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new BatchException($"The folder {folder} cannot be written: {failure.Message} Check its permissions.", failure);
        }
        catch (IOException failure)
        {
            throw new BatchException($"Another process works on a batch in {folder}, or the folder cannot be written: {failure.Message} Wait for it, or stop it.", failure);
        }
    }

    private S3Location LocationOf(string text) => S3Location.TryParse(text, out var location)
        ? location
        : throw new BatchException($"The account of batches {_file.Location} is damaged: \"{text}\" is no place in S3. {Cure}");
}
