using System.Text;
using ImageSearch.Collections.Embedded;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections;

/// <summary>
/// Splits texts into the words that the embedded collection's index keeps of them, by that very index, held empty in memory: so a
/// word has the same forms in every kind of collection. Safe from many threads.
/// </summary>
internal sealed class WordTokenizer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _rollBack;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _read;

    public WordTokenizer()
    {
        _connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        _connection.Open();
        CollectionDatabase.Execute(_connection, $"CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = '{WordsIndex.Tokenizer}')");
        CollectionDatabase.Execute(_connection, "CREATE VIRTUAL TABLE tokens USING fts5vocab (words, instance)");
        _begin = new SqliteStatement(_connection, "BEGIN");
        _rollBack = new SqliteStatement(_connection, "ROLLBACK");
        _add = new SqliteStatement(_connection, "INSERT INTO words (rowid, text) VALUES (?1, ?2)");
        _read = new SqliteStatement(_connection, "SELECT term, doc, offset FROM tokens");
    }

    /// <summary>The tokens of each text, in their order.</summary>
    public IReadOnlyList<string>[] Split(IReadOnlyList<string> texts)
    {
        lock (_gate)
        {
            _begin.Execute();
            try
            {
                for (var i = 0; i < texts.Count; i++)
                {
                    _add.Bind(1, i + 1).Bind(2, WordsIndex.Text(texts[i])).Execute();
                }

                return ReadTokens(texts.Count);
            }
            finally
            {
                _rollBack.Execute();
            }
        }
    }

    /// <summary>The tokens of a text, in their order.</summary>
    public IReadOnlyList<string> Split(string text) => Split([text])[0];

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_begin, _rollBack, _add, _read])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    // They come by term; the offset puts them in order.
    private IReadOnlyList<string>[] ReadTokens(int texts)
    {
        var found = new List<(int Offset, string Token)>[texts];
        var (lastTerm, lastToken) = (Array.Empty<byte>(), "");
        while (_read.Step())
        {
            var term = _read.Blob(0);
            if (!term.SequenceEqual(lastTerm))
            {
                (lastTerm, lastToken) = (term.ToArray(), Encoding.UTF8.GetString(term));
            }

            (found[_read.Int64(1) - 1] ??= []).Add(((int)_read.Int64(2), lastToken));
        }

        return [.. found.Select(tokens => (IReadOnlyList<string>)(tokens is null ? [] : [.. tokens.OrderBy(token => token.Offset).Select(token => token.Token)]))];
    }
}
