using System.Text;

namespace ImageSearch.Imaging.Metadata;

/// <summary>Makes text from untrusted metadata fit to store and show.</summary>
internal static class EmbeddedText
{
    internal const int LongestName = 200;
    internal const int LongestTitle = 500;
    internal const int LongestDescription = 4000;

    // What cameras write where a person wrote nothing.
    private static readonly string[] CameraPhrases =
        ["OLYMPUS DIGITAL CAMERA", "MINOLTA DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "SAMSUNG", "SONY DSC", "DCIM", "DSC", "default", "Untitled"];

    /// <summary>Without control characters, runs of white space as one blank, trimmed and cut; null when nothing is left.</summary>
    internal static string? Clean(string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
            {
                clean.Append(rune);
            }
            else if (clean.Length > 0 && clean[^1] != ' ')
            {
                clean.Append(' ');
            }
        }

        var trimmed = clean.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>As <see cref="Clean"/>, and null for the phrases that cameras fill in.</summary>
    internal static string? ByAPerson(string? text, int longest)
    {
        var clean = Clean(text, longest);
        return clean is not null && CameraPhrases.Contains(clean, StringComparer.OrdinalIgnoreCase) ? null : clean;
    }
}
