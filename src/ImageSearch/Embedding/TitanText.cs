using System.Text;

namespace ImageSearch.Embedding;

/// <summary>Cuts a text to the tokens that Titan takes. Its tokenizer is not public, so tokens are counted high.</summary>
internal static class TitanText
{
    // The service counts about 4.7 characters of English a token; short words and digits make more of them.
    private const double AsciiTokens = 1 / 4.0;

    /// <summary>The longest beginning of <paramref name="text"/> of at most <paramref name="maxTokens"/> tokens, cut between words where there are some near the end.</summary>
    public static string Cut(string text, int maxTokens)
    {
        var tokens = 0.0;
        var (end, wordEnd) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            tokens += rune.IsAscii ? AsciiTokens : 1;
            if (tokens > maxTokens)
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
