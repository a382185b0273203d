using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>Writes points to the tables; transactions are the caller's.</summary>
internal sealed class PointTables : IDisposable
{
    private readonly TermNumbers _terms;
    private readonly SqliteStatement _takeById;
    private readonly SqliteStatement _deleteFacts;
    private readonly SqliteStatement _deleteWords;
    private readonly SqliteStatement _addTombstone;
    private readonly SqliteStatement _addPoint;
    private readonly SqliteStatement _addFacts;
    private readonly SqliteStatement _addWords;
    private readonly StringBuilder _list = new();

    public PointTables(SqliteConnection connection)
    {
        _terms = new TermNumbers(connection);
        _takeById = new SqliteStatement(connection, "DELETE FROM points WHERE id = ?1 RETURNING key");
        _deleteFacts = new SqliteStatement(connection, "DELETE FROM facts WHERE key = ?1");
        _deleteWords = new SqliteStatement(connection, "DELETE FROM words WHERE rowid = ?1");
        _addTombstone = new SqliteStatement(connection, "INSERT INTO tombstones (row) VALUES (?1)");
        _addPoint = new SqliteStatement(connection, "INSERT INTO points (key, id, payload) VALUES (?1, ?2, ?3)");
        _addFacts = new SqliteStatement(
            connection,
            """
            INSERT INTO facts (key, library, folder, path, content, format, camera, lens, taken, year, latitude, longitude, rating, width, height, tags, colours)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """);
        _addWords = new SqliteStatement(connection, "INSERT INTO words (rowid, text) VALUES (?1, ?2)");
    }

    /// <summary>Adds a point whose vector is the row <paramref name="key"/>; the point that had its id is deleted.</summary>
    /// <param name="key">The row.</param>
    /// <param name="id">The point's id.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="json">The same payload as it is stored.</param>
    public void Put(long key, Guid id, ImagePayload payload, ReadOnlySpan<byte> json)
    {
        Delete(id);
        Span<byte> idBytes = stackalloc byte[16];
        _ = id.TryWriteBytes(idBytes, bigEndian: true, out _);
        _addPoint.Bind(1, key).Bind(2, idBytes).Bind(3, json).Execute();
        AddFacts(key, payload);
        AddWords(key, payload.Words);
    }

    /// <summary>Deletes a point; false when it was not there.</summary>
    public bool Delete(Guid id)
    {
        Span<byte> idBytes = stackalloc byte[16];
        _ = id.TryWriteBytes(idBytes, bigEndian: true, out _);
        if (!_takeById.Bind(1, idBytes).Step())
        {
            return false;
        }

        var key = _takeById.Int64(0);
        _takeById.Execute();
        _deleteFacts.Bind(1, key).Execute();
        _deleteWords.Bind(1, key).Execute();
        Bury(key);
        return true;
    }

    /// <summary>Marks a row that is no point, or no longer.</summary>
    public void Bury(long row) => _addTombstone.Bind(1, row).Execute();

    /// <summary>Gives a point's words a key.</summary>
    public void AddWords(long key, string words) => _addWords.Bind(1, key).Bind(2, WordsIndex.Text(words)).Execute();

    /// <summary>Forgets what a transaction that was rolled back had made.</summary>
    public void Forget() => _terms.Forget();

    public void Dispose()
    {
        _terms.Dispose();
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_takeById, _deleteFacts, _deleteWords, _addTombstone, _addPoint, _addFacts, _addWords])
        {
            statement.Dispose();
        }
    }

    private void AddFacts(long key, ImagePayload payload)
    {
        _ = ContentHash.TryParse(payload.Sha256, out var content);
        var folder = payload.Path.LastIndexOf('/') is > 0 and var slash ? payload.Path[..slash] : "";
        _addFacts.Bind(1, key)
            .Bind(2, _terms.Of(TermKind.Library, payload.Library))
            .Bind(3, _terms.Of(TermKind.Folder, folder))
            .Bind(4, FoldedText.Of(payload.Path))
            .Bind(5, content)
            .Bind(6, _terms.Of(TermKind.Format, payload.Format))
            .BindOrNull(7, _terms.OfOptional(TermKind.Camera, payload.Camera))
            .BindOrNull(8, _terms.OfOptional(TermKind.Lens, payload.Lens))
            .BindOrNull(9, payload.TakenAt?.Ticks)
            .BindOrNull(10, payload.TakenAt?.Year)
            .BindOrNull(11, payload.Latitude)
            .BindOrNull(12, payload.Longitude)
            .BindOrNull(13, payload.Rating)
            .Bind(14, payload.Width)
            .Bind(15, payload.Height)
            .Bind(16, TagList(payload.Tags))
            .Bind(17, ColourList(payload.Colours))
            .Execute();
    }

    private string TagList(IReadOnlyList<string> tags)
    {
        _list.Clear().Append(',');
        foreach (var tag in tags.Select(tag => _terms.Of(TermKind.Tag, tag)).Distinct())
        {
            _list.Append(tag).Append(',');
        }

        return _list.ToString();
    }

    private string ColourList(IReadOnlyList<ColourShare> colours)
    {
        _list.Clear().Append(',');
        foreach (var (number, share) in colours.Select(colour => (_terms.Of(TermKind.Colour, colour.Name), colour.Share)).DistinctBy(colour => colour.Item1))
        {
            _list.Append(number).Append(':').Append(share.ToString("R", CultureInfo.InvariantCulture)).Append(',');
        }

        return _list.ToString();
    }
}
