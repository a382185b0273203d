using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>The writer's numbers of terms, made as they come up.</summary>
internal sealed class TermNumbers(SqliteConnection connection) : IDisposable
{
    // Bounded only by what differs: folders, tags, cameras. Beyond this many, the table answers again.
    private const int Capacity = 100_000;

    private readonly Dictionary<(TermKind Kind, string Folded), long> _known = [];
    private readonly SqliteStatement _find = new(connection, "SELECT number FROM terms WHERE kind = ?1 AND folded = ?2");
    private readonly SqliteStatement _add = new(connection, "INSERT INTO terms (kind, folded, value) VALUES (?1, ?2, ?3) RETURNING number");

    public long Of(TermKind kind, string value)
    {
        var term = (kind, FoldedText.Of(value));
        if (_known.TryGetValue(term, out var number))
        {
            return number;
        }

        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        return _known[term] = Find(term) ?? Add(term, value);
    }

    public long? OfOptional(TermKind kind, string? value) => value is null ? null : Of(kind, value);

    /// <summary>Forgets what a transaction that was rolled back may have made.</summary>
    public void Forget() => _known.Clear();

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
    }

    private long? Find((TermKind Kind, string Folded) term)
    {
        if (!_find.Bind(1, (long)term.Kind).Bind(2, term.Folded).Step())
        {
            return null;
        }

        var number = _find.Int64(0);
        _find.Reset();
        return number;
    }

    private long Add((TermKind Kind, string Folded) term, string value)
    {
        _ = _add.Bind(1, (long)term.Kind).Bind(2, term.Folded).Bind(3, value).Step();
        var number = _add.Int64(0);
        _add.Execute();
        return number;
    }
}
