using System.Globalization;
using System.Text;

namespace ImageSearch.Vision;

/// <summary>
/// What a model says at length, made plain piece by piece as it comes: line breaks and tabs stay, all other control characters, marks that turn the
/// direction of text and characters that cannot be seen fall away. Programs that show it still escape it.
/// </summary>
internal sealed class PlainPieces
{
    private const char Joiner = '\u200D';
    private const char NonJoiner = '\u200C';

    private string _half = "";

    /// <summary>The next piece made plain; half a character waits for its other half.</summary>
    public string Take(string piece)
    {
        var text = _half + piece;
        _half = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[^1..] : "";
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.AsSpan(0, text.Length - _half.Length).EnumerateRunes())
        {
            _ = IsBreak(rune) ? plain.Append('\n') : IsShown(rune) ? plain.Append(rune.ToString()) : plain;
        }

        return plain.ToString();
    }

    private static bool IsBreak(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Joiners belong to emoji and to several scripts.
    private static bool IsShown(Rune rune) => rune.Value is '\n' or '\t' or Joiner or NonJoiner || ModelText.IsShown(rune);
}
