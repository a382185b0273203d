namespace ImageSearch.Embedding.Offline;

/// <summary>
/// Brings the common forms of an English word together: plurals and the endings -ing and -ed. It is light on purpose: two words
/// that only sound alike stay apart, and words of other languages stay as they are in most cases.
/// </summary>
internal static class WordStem
{
    private const int ShortestStem = 3;

    private static readonly string[] Endings = ["ing", "ed"];

    /// <summary>The stem of a word in lower case; it is compared, never shown.</summary>
    public static string Of(string word)
    {
        var singular = Singular(word);
        foreach (var ending in Endings)
        {
            if (singular.EndsWith(ending, StringComparison.Ordinal) && singular.Length - ending.Length >= ShortestStem
                && VowelGroups(singular[..^ending.Length]) > 0)
            {
                return WithoutMuteE(Completed(singular[..^ending.Length]));
            }
        }

        return WithoutMuteE(singular);
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

    // "running" is "run", "falling" is "fall", "hiking" is "hike", "raining" is "rain" (after M. F. Porter, 1980).
    private static string Completed(string stem)
    {
        if (stem[^1] == stem[^2])
        {
            return stem.Length > ShortestStem && !IsVowel(stem[^1]) && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
        }

        var isShortSyllable = VowelGroups(stem) == 1 && !IsVowel(stem[^1]) && stem[^1] is not ('w' or 'x' or 'y')
            && IsVowel(stem[^2]) && !IsVowel(stem[^3]);
        return isShortSyllable ? $"{stem}e" : stem;
    }

    // "dance" and "dancing" meet in "danc"; "plane" stays apart from "plan".
    private static string WithoutMuteE(string stem) =>
        stem.Length > ShortestStem && stem[^1] == 'e' && !IsVowel(stem[^2]) && !IsVowel(stem[^3]) ? stem[..^1] : stem;

    private static int VowelGroups(string text) =>
        Enumerable.Range(0, text.Length).Count(at => IsVowel(text[at]) && (at == 0 || !IsVowel(text[at - 1])));

    private static bool IsVowel(char letter) => "aeiouy".Contains(letter, StringComparison.Ordinal);
}
