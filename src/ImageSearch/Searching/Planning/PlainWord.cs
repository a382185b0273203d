namespace ImageSearch.Searching.Planning;

/// <summary>One of the plain words of a query.</summary>
/// <param name="Written">As it was typed.</param>
/// <param name="Text">In lower case, without punctuation around it.</param>
/// <param name="EndsClause">Whether a comma or the like stands behind it.</param>
internal readonly record struct PlainWord(string Written, string Text, bool EndsClause)
{
    private static readonly char[] Marks = [',', ';', '.', ':', '!', '?', '\'', '"', '’', '‘', '(', ')'];

    /// <summary>The words of a text. Punctuation by itself belongs to the word before it.</summary>
    public static List<PlainWord> Split(string text)
    {
        var words = new List<PlainWord>();
        foreach (var written in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = new PlainWord(written, written.Trim(Marks).ToLowerInvariant(), written[^1] is ',' or ';' or '.' or ':' or '!' or '?');
            if (word.Text.Length == 0 && words is [.., var before])
            {
                words[^1] = before with { Written = $"{before.Written} {written}", EndsClause = before.EndsClause || word.EndsClause };
            }
            else
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>The words as one text, without a comma behind the last.</summary>
    public static string Join(IEnumerable<PlainWord> words) => string.Join(' ', words.Select(word => word.Written)).TrimEnd(',', ';', ' ');

    /// <summary>Whether the word begins with a capital letter, as in a title.</summary>
    public bool IsCapital => char.IsUpper(Written[0]);

    /// <summary>Whether it is made of letters and digits, with hyphens and apostrophes within.</summary>
    public bool IsName => Text.Length > 0 && Text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '\'' or '’') && char.IsLetterOrDigit(Text[0]);
}
