namespace ImageSearch.Vision;

/// <summary>
/// What models said about pictures, by content, model and question, in one SQLite file, so that nothing is asked and paid for twice. Of
/// questions only the hash is kept. Safe for many threads, and for several processes on the same file.
/// </summary>
internal sealed class VisionCache : IDisposable
{
    // A power cut may lose the last answers, which are then only asked for again; it never damages the file.
    private static readonly SqliteFileKind Kind = new(
        "file of kept answers",
        ApplicationId: 0x49535643, // "ISVC"
        Version: 1,
        "PRAGMA synchronous = NORMAL;",
        """
        CREATE TABLE IF NOT EXISTS answers (
            sha256 TEXT NOT NULL,
            model TEXT NOT NULL,
            asked TEXT NOT NULL,
            answer TEXT NOT NULL,
            PRIMARY KEY (sha256, model, asked)) STRICT, WITHOUT ROWID;
        """,
        "Delete it; what models said is then asked for again.",
        (message, cause) => new VisionCacheException(message, cause));

    private readonly SqliteFile _file;

    private VisionCache(SqliteFile file) => _file = file;

    /// <summary>Opens the file at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="VisionCacheException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static VisionCache Open(string path) => new(SqliteFile.Open(path, Kind));

    /// <summary>The answer that is kept under <paramref name="key"/>; null where there is none.</summary>
    /// <exception cref="VisionCacheException">The file is damaged or cannot be read.</exception>
    public string? Find(VisionKey key) => _file.Use(() =>
    {
        using var command = _file.Command(
            "SELECT answer FROM answers WHERE sha256 = $sha256 AND model = $model AND asked = $asked",
            ("$sha256", key.Sha256),
            ("$model", key.Model),
            ("$asked", key.Asked));
        return command.ExecuteScalar() as string;
    });

    /// <summary>Keeps answers, all or none; what is kept under a key already is replaced.</summary>
    /// <exception cref="VisionCacheException">The file is damaged or cannot be written.</exception>
    public void Store(params IReadOnlyCollection<(VisionKey Key, string Answer)> answers) => _file.Use(() =>
    {
        using var transaction = _file.BeginTransaction();
        foreach (var (key, answer) in answers)
        {
            _ = _file.Execute(
                "INSERT OR REPLACE INTO answers (sha256, model, asked, answer) VALUES ($sha256, $model, $asked, $answer)",
                ("$sha256", key.Sha256),
                ("$model", key.Model),
                ("$asked", key.Asked),
                ("$answer", answer));
        }

        transaction.Commit();
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
