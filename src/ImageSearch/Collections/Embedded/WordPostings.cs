namespace ImageSearch.Collections.Embedded;

/// <summary>
/// The words asked for lately, with the rows of one generation that have them. BM25 is a sum over the words of a query, so what the
/// full-text index has worked out for a word once serves every query with that word; a frequent one costs it tens of milliseconds.
/// </summary>
internal sealed class WordPostings
{
    /// <summary>Rows kept for all words together, at 8 bytes each.</summary>
    private const int MostRows = 4_000_000;

    /// <summary>Rows of one word that are worth keeping.</summary>
    private const int MostRowsOfWord = MostRows / 4;

    /// <summary>A word is weighed anew when a collection has changed by one part in this many; until then only rows are added.</summary>
    private const int PartsOfChange = 32;

    private readonly Lock _sync = new();
    private readonly Dictionary<string, WordPosting> _postings = new(StringComparer.Ordinal);
    private long _rows;
    private long _uses;

    /// <summary>The rows with a word at the session's moment; rows of later points and of deleted ones may be among them.</summary>
    /// <param name="expression">The word, as the full-text index is asked for it.</param>
    /// <param name="state">The session's moment.</param>
    /// <param name="session">Reads inside one transaction.</param>
    public WordPosting Of(string expression, CollectionState state, ReadSession session)
    {
        var known = Find(expression, state);
        if (known?.State.Rows >= state.Rows)
        {
            return known;
        }

        var rows = new List<int>(known?.Rows ?? []);
        var relevance = new List<float>(known?.Relevance ?? []);
        session.ReadRanked(expression, known?.State.Rows ?? 0, (row, score) =>
        {
            rows.Add((int)row);
            relevance.Add(score);
        });
        var posting = new WordPosting(state, known?.Weighed ?? state, [.. rows], [.. relevance]);
        Keep(expression, posting);
        return posting;
    }

    // A posting made after the session's moment lacks rows that were deleted in between and are points still for the session.
    private WordPosting? Find(string expression, CollectionState state)
    {
        lock (_sync)
        {
            if (!_postings.TryGetValue(expression, out var posting) || posting.State.Tombstones > state.Tombstones || IsOutweighed(posting.Weighed, state))
            {
                return null;
            }

            posting.LastUse = ++_uses;
            return posting;
        }
    }

    private static bool IsOutweighed(CollectionState weighed, CollectionState now) =>
        now.Rows - weighed.Rows + now.Tombstones - weighed.Tombstones > weighed.Rows / PartsOfChange;

    private void Keep(string expression, WordPosting posting)
    {
        if (posting.Rows.Length > MostRowsOfWord)
        {
            return;
        }

        lock (_sync)
        {
            Drop(expression);
            posting.LastUse = ++_uses;
            _postings[expression] = posting;
            for (_rows += posting.Rows.Length; _rows > MostRows;)
            {
                Drop(_postings.MinBy(pair => pair.Value.LastUse).Key);
            }
        }
    }

    private void Drop(string expression)
    {
        if (_postings.Remove(expression, out var posting))
        {
            _rows -= posting.Rows.Length;
        }
    }
}
