using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>
/// How a text field is cut into words: as its text index says, and without one not at all, where a text is found as a part of
/// another as it is written. Stemmers, stop words and folding are not done.
/// </summary>
internal sealed class TextTokens
{
    private readonly JsonObject? _index;
    private readonly string _tokenizer;

    private TextTokens(JsonObject? index)
    {
        _index = index;
        _tokenizer = index?["tokenizer"]?.GetValue<string>() ?? "word";
    }

    public static TextTokens Of(JsonObject? index) => new(index?["type"]?.GetValue<string>() == "text" ? index : null);

    /// <summary>Every word asked for occurs; the words of an index by prefix at their beginnings.</summary>
    public bool HasAll(string text, string wanted)
    {
        if (_index is null)
        {
            return text.Contains(wanted, StringComparison.Ordinal);
        }

        var words = Words(text);
        var asked = Words(wanted);
        return asked.Count > 0 && asked.TrueForAll(word => words.Exists(has => Matches(has, word)));
    }

    public bool HasAny(string text, string wanted) =>
        _index is null
            ? text.Contains(wanted, StringComparison.Ordinal)
            : Words(wanted).Exists(word => Words(text).Exists(has => Matches(has, word)));

    /// <summary>The words asked for stand side by side; as a part of the text where the index does not keep phrases.</summary>
    public bool HasPhrase(string text, string wanted)
    {
        if (_index?["phrase_matching"]?.GetValue<bool>() != true)
        {
            return text.Contains(wanted, StringComparison.Ordinal);
        }

        var words = Words(text);
        var asked = Words(wanted);
        return asked.Count > 0
            && Enumerable.Range(0, Math.Max(0, words.Count - asked.Count + 1)).Any(start => words.Skip(start).Take(asked.Count).SequenceEqual(asked));
    }

    private bool Matches(string word, string asked) => _tokenizer == "prefix" ? word.StartsWith(asked, StringComparison.Ordinal) : word == asked;

    private bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || (_tokenizer == "whitespace" && !char.IsWhiteSpace(letter));

    private List<string> Words(string text)
    {
        var separated = string.Concat(text.Select(letter => IsOfWord(letter) ? letter : ' '));
        var cased = _index!["lowercase"]?.GetValue<bool>() == false ? separated : separated.ToLowerInvariant();
        var least = _index["min_token_len"]?.GetValue<int>() ?? 0;
        var most = _index["max_token_len"]?.GetValue<int>() ?? int.MaxValue;
        var words = cased.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Where(word => word.Length >= least && (_tokenizer == "prefix" || word.Length <= most))];
    }
}
