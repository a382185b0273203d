using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageSearch.Vision;

/// <summary>
/// What a model says, made plain before anybody is shown it: pictures can tell a model what to write. One line, no control characters,
/// no marks that turn the direction of text, no links, and no longer than asked for. Programs that show it still escape it.
/// </summary>
internal static partial class ModelText
{
    private const string LinkMark = "(link)";

    /// <summary>The text on one line of at most <paramref name="longest"/> UTF-16 units.</summary>
    public static string OneLine(string? text, int longest)
    {
        var plain = new StringBuilder();
        foreach (var rune in (text ?? "").Trim().EnumerateRunes())
        {
            if (plain.Length > longest * 4)
            {
                break;
            }

            _ = IsSeparator(rune) ? plain.Append(' ') : IsShown(rune) ? plain.Append(rune.ToString()) : plain;
        }

        var line = Spaces().Replace(Link().Replace(plain.ToString(), LinkMark), " ").Trim();
        return line.Length <= longest ? line : Cut(line, longest);
    }

    /// <summary>Whether a character can be seen, and steers nothing.</summary>
    public static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune != Rune.ReplacementChar;

    private static string Cut(string line, int longest)
    {
        var end = longest - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    private static bool IsSeparator(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control;

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]{1,20}://\S+|\bwww\.\S+|\bdata:\S+|\bjavascript:\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
