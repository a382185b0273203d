using System.Text;

namespace ImageSearch.Embedding;

/// <summary>Cuts a text to what a model takes.</summary>
internal static class TextCut
{
    /// <summary>
    /// The longest beginning of <paramref name="text"/> that costs at most <paramref name="limit"/>, cut between words where there are some
    /// near the end.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Most that the model takes, in the unit of <paramref name="cost"/>.</param>
    /// <param name="cost">What one character counts: tokens, code units, bytes.</param>
    public static string To(string text, double limit, Func<Rune, double> cost)
    {
        var total = 0.0;
        var (end, wordEnd) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            total += cost(rune);
            if (total > limit)
            {
                return text[..EndOf(wordEnd, end)];
            }

            wordEnd = Rune.IsWhiteSpace(rune) ? end : wordEnd;
            end += rune.Utf16SequenceLength;
        }

        return text;
    }

    /// <summary>The first half of <paramref name="text"/>, cut in the same way.</summary>
    public static string Half(string text)
    {
        var end = text.Length / 2;
        end = EndOf(text.LastIndexOf(' ', end), end);
        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    // Text without spaces, as in Chinese, is cut between characters: going back to a space far before would lose too much.
    private static int EndOf(int wordEnd, int end) => wordEnd > end / 2 ? wordEnd : end;
}
