using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Embedding;

/// <summary>
/// Vectors by model, dimension and content of the picture or text, in one SQLite file, so that moves, copies, rebuilds and words that
/// are searched for again are not computed or paid for again. Of texts and pictures only the hash is kept. Safe for many threads, and for several processes on the same file.
/// </summary>
public sealed class EmbeddingCache : IDisposable
{
    // A power cut may lose the last vectors, which are then only computed again; it never damages the file.
    private static readonly SqliteFileKind Kind = new(
        "embedding cache",
        ApplicationId: 0x49534543, // "ISEC"
        Version: 1,
        "PRAGMA synchronous = NORMAL;",
        """
        CREATE TABLE IF NOT EXISTS embeddings (
            model TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            vector BLOB NOT NULL,
            checksum INTEGER NOT NULL,
            UNIQUE (sha256, model, dimension)) STRICT;
        """,
        "Delete it; vectors are then computed again.",
        (message, cause) => new EmbeddingCacheException(message, cause));

    private readonly SqliteFile _file;

    private EmbeddingCache(SqliteFile file) => _file = file;

    /// <summary>Opens the cache at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="EmbeddingCacheException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static EmbeddingCache Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new EmbeddingCache(SqliteFile.Open(path, Kind));
    }

    /// <summary>The number of vectors and the size of the file.</summary>
    /// <exception cref="EmbeddingCacheException">The file is damaged or cannot be read.</exception>
    public EmbeddingCacheStatistics Statistics() => _file.Use(() =>
    {
        var entries = _file.Number("SELECT count(*) FROM embeddings");
        return new EmbeddingCacheStatistics(entries, _file.Number("PRAGMA page_count") * _file.Number("PRAGMA page_size"));
    });

    /// <summary>The vector stored under <paramref name="key"/>, shape [dimension]; null when there is none or it no longer passes its checksum.</summary>
    internal float[]? Find(EmbeddingKey key) => _file.Use(() =>
    {
        using var command = Command(
            "SELECT vector, checksum FROM embeddings WHERE sha256 = $sha256 AND model = $model AND dimension = $dimension", key);
        using var reader = command.ExecuteReader();
        if (!reader.Read() || reader.GetValue(0) is not byte[] bytes || reader.GetValue(1) is not long checksum)
        {
            return null;
        }

        // SQLite does not check its pages: a damaged row is a miss, and the picture is simply embedded again.
        if (bytes.Length != key.Dimension * sizeof(float))
        {
            return null;
        }

        var vector = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return key.Checksum(vector) == checksum ? vector : null;
    });

    /// <summary>Stores vectors, all or none; an entry that is there already is replaced.</summary>
    internal void Store(IReadOnlyCollection<KeyValuePair<EmbeddingKey, ReadOnlyMemory<float>>> entries) => _file.Use(() =>
    {
        using var transaction = _file.BeginTransaction();
        foreach (var (key, vector) in entries)
        {
            using var command = Command(
                """
                INSERT INTO embeddings (model, dimension, sha256, vector, checksum) VALUES ($model, $dimension, $sha256, $vector, $checksum)
                ON CONFLICT (sha256, model, dimension) DO UPDATE SET vector = excluded.vector, checksum = excluded.checksum
                """,
                key);
            command.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes(vector.Span).ToArray());
            command.Parameters.AddWithValue("$checksum", key.Checksum(vector.Span));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private SqliteCommand Command(string sql, EmbeddingKey key) =>
        _file.Command(sql, ("$model", key.StoredModel), ("$dimension", key.Dimension), ("$sha256", key.Sha256));
}
