using System.Globalization;
using System.Text;

namespace ImageSearch.Cli.Output;

/// <summary>Text of strangers (names, titles, keywords) made safe to show: what could steer a terminal or break a line is spelled out.</summary>
internal static class SafeText
{
    /// <summary>The text on one line, control characters, line breaks and direction marks as <c>\n</c>, <c>\t</c>, <c>\u202E</c>.</summary>
    public static string OneLine(string text) => Escaped(text, IsUnsafe);

    /// <summary>The text on its lines: line feeds and tabs as they are, everything else that <see cref="OneLine"/> spells out spelled out.</summary>
    public static string Lines(string text) => Escaped(text, static (text, index) => text[index] is not ('\n' or '\t') && IsUnsafe(text, index));

    /// <summary>The text with direction marks alone spelled out, as <c>\u202E</c>.</summary>
    public static string WithoutDirectionMarks(string text) => Escaped(text, static (text, index) => IsDirectionMark(text[index]));

    /// <summary>The end of a text that is too wide, behind an ellipsis: of a path, the part that tells it apart.</summary>
    public static string KeepEnd(string text, int width)
    {
        if (text.Length <= width)
        {
            return text;
        }

        var start = text.Length - width + 1;
        return "…" + text[(char.IsLowSurrogate(text[start]) ? start + 1 : start)..];
    }

    private static string Escaped(string text, Func<string, int, bool> isUnsafe)
    {
        var index = 0;
        while (index < text.Length && !isUnsafe(text, index))
        {
            index++;
        }

        if (index == text.Length)
        {
            return text;
        }

        var safe = new StringBuilder(text, 0, index, text.Length + 16);
        for (; index < text.Length; index++)
        {
            _ = isUnsafe(text, index) ? safe.Append(Escape(text[index])) : safe.Append(text[index]);
        }

        return safe.ToString();
    }

    private static string Escape(char character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)character:X4}",
    };

    private static bool IsUnsafe(string text, int index) => char.GetUnicodeCategory(text, index) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => IsDirectionMark(text[index]),
        UnicodeCategory.Surrogate => !IsPartOfPair(text, index),
        _ => false,
    };

    // Joiners are format characters too, and belong to emoji and to several scripts.
    private static bool IsDirectionMark(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsPartOfPair(string text, int index) =>
        (char.IsLowSurrogate(text[index]) && index > 0 && char.IsHighSurrogate(text[index - 1]))
        || (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]));
}
