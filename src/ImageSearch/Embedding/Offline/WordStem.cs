namespace ImageSearch.Embedding.Offline;

/// <summary>
/// Brings the common forms of an English word together: plurals and the endings -ing and -ed. It is light on purpose: two words
/// that only sound alike stay apart, and words of other languages stay as they are in most cases.
/// </summary>
internal static class WordStem
{
    private const int ShortestStem = 3;

    /// <summary>The stem of a word in lower case.</summary>
    public static string Of(string word)
    {
        var singular = Singular(word);
        foreach (var ending in (string[])["ing", "ed"])
        {
            if (singular.EndsWith(ending, StringComparison.Ordinal) && singular.Length - ending.Length >= ShortestStem
                && singular[..^ending.Length].Any(letter => letter == 'y' || IsVowel(letter)))
            {
                return WithoutSilentE(Undoubled(singular[..^ending.Length]));
            }
        }

        return WithoutSilentE(singular);
    }

    private static string Singular(string word)
    {
        if (word.Length <= ShortestStem || !word.EndsWith('s') || word.EndsWith("ss", StringComparison.Ordinal)
            || word.EndsWith("us", StringComparison.Ordinal) || word.EndsWith("is", StringComparison.Ordinal))
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
        {
            return $"{word[..^3]}y";
        }

        return word[..^1] switch
        {
            var stem when stem.EndsWith("she", StringComparison.Ordinal) || stem.EndsWith("che", StringComparison.Ordinal)
                || stem.EndsWith("xe", StringComparison.Ordinal) || stem.EndsWith("sse", StringComparison.Ordinal)
                || stem.EndsWith("zze", StringComparison.Ordinal) || stem.EndsWith("toe", StringComparison.Ordinal) => stem[..^1],
            var stem => stem,
        };
    }

    // "running" is "runn" without its ending; "falling" and "passing" belong to words that end so themselves.
    private static string Undoubled(string stem) =>
        stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;

    // "dance" and "dancing" meet in "danc"; a stem is compared, never shown.
    private static string WithoutSilentE(string stem) =>
        stem.Length > ShortestStem && stem[^1] == 'e' && !IsVowel(stem[^2]) ? stem[..^1] : stem;

    private static bool IsVowel(char letter) => "aeiou".Contains(letter, StringComparison.Ordinal);
}
