using System.Globalization;
using System.Text;

namespace ImageSearch.Collections;

/// <summary>Text as it goes into the full-text index, and expressions to search it, in which no text of a person is syntax.</summary>
internal static class WordsIndex
{
    /// <summary>SQLite's tokenizer of the index: letters and digits without case and accents, reduced to their English stem.</summary>
    public const string Tokenizer = "porter unicode61 remove_diacritics 2";

    /// <summary>Letters up to here have been letters since the Unicode version that the tokenizer knows (6.1), but for the one below.</summary>
    private const char LastKnownLetter = '\u0523';
    private const char LaterGreekLetter = '\u037F';

    /// <summary>The words as they are indexed: without case, and each Chinese or Japanese character a word, because the tokenizer splits at spaces only.</summary>
    public static string Text(string words)
    {
        var folded = FoldedText.Of(words);
        if (!folded.AsSpan().ContainsAnyInRange('\u2E80', '\uDFFF') && !folded.AsSpan().ContainsAnyInRange('\uF900', '\uFAFF'))
        {
            return folded;
        }

        var spaced = new StringBuilder(folded.Length * 2);
        foreach (var rune in folded.EnumerateRunes())
        {
            _ = IsIdeograph(rune) ? spaced.Append(' ').Append(rune).Append(' ') : spaced.Append(rune);
        }

        return spaced.ToString();
    }

    /// <summary>
    /// Matches the words one after the other, each in any of its forms; without a letter or digit, nothing. Words beyond
    /// <see cref="CollectionQuery.MaxPhrase"/> are passed over, because the index compares each word's positions with every other's.
    /// </summary>
    public static string Phrase(string text) => $"\"{Beginning(Text(text)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Whether the tokenizer surely sees a word in the text, so that the index can be asked for it.</summary>
    public static bool HasKnownLetter(string text)
    {
        foreach (var character in text)
        {
            if (character <= LastKnownLetter && character != LaterGreekLetter && char.IsLetterOrDigit(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a character is part of a word rather than between two.</summary>
    public static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse;

    /// <summary>Characters of scripts that are written without spaces: Chinese, and the Japanese syllables.</summary>
    public static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x2E80 and <= 0x2FDF) or (>= 0x3040 and <= 0x30FF)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static string Beginning(string text)
    {
        var (words, position, wasWord) = (0, 0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = IsWord(rune);
            if (isWord && !wasWord && ++words > CollectionQuery.MaxPhrase)
            {
                return text[..position];
            }

            wasWord = isWord;
            position += rune.Utf16SequenceLength;
        }

        return text;
    }
}
