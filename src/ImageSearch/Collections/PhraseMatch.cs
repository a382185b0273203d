using System.Text;

namespace ImageSearch.Collections;

/// <summary>Finds a phrase letter for letter at word boundaries.</summary>
internal static class PhraseMatch
{
    /// <summary>Whether <paramref name="phrase"/> occurs in <paramref name="words"/>; both folded.</summary>
    public static bool Occurs(ReadOnlySpan<char> words, ReadOnlySpan<char> phrase)
    {
        for (var start = 0; start <= words.Length - phrase.Length; start++)
        {
            var next = words[start..].IndexOf(phrase, StringComparison.Ordinal);
            if (next < 0)
            {
                return false;
            }

            start += next;
            if (IsBoundary(words, start, phrase) && IsBoundary(words, start + phrase.Length, phrase))
            {
                return true;
            }
        }

        return false;
    }

    // Between two word characters there is no boundary, unless one of them is a word by itself.
    private static bool IsBoundary(ReadOnlySpan<char> words, int position, ReadOnlySpan<char> phrase)
    {
        if (phrase.IsEmpty || position == 0 || position == words.Length)
        {
            return true;
        }

        _ = Rune.DecodeLastFromUtf16(words[..position], out var before, out _);
        _ = Rune.DecodeFromUtf16(words[position..], out var after, out _);
        return !WordsIndex.IsWord(before) || !WordsIndex.IsWord(after) || WordsIndex.IsIdeograph(before) || WordsIndex.IsIdeograph(after);
    }
}
