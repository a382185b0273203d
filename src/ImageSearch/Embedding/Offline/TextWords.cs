using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ImageSearch.Embedding.Offline;

/// <summary>Splits texts, paths and file names into words.</summary>
internal static class TextWords
{
    private const int ShortestWord = 2;

    private static readonly FrozenSet<string> Empty = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "by", "for", "from", "with", "into", "is", "are", "was",
            "be", "it", "its", "this", "that", "these", "those", "some", "there", "as", "my", "our", "your", "his", "her", "their",
            "photo", "photos", "photograph", "photographs", "picture", "pictures", "image", "images", "pic", "pics", "img", "dsc",
            "dscn", "dscf", "pxl", "copy", "untitled", "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "heic", "avif",
        ]);

    /// <summary>The words in lower case without accents, in order: runs of letters and digits, split where <c>camelCase</c> changes.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var previous = default(Rune);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var startsWord = Rune.IsUpper(rune) && Rune.IsLower(previous)
                || Rune.IsLetterOrDigit(rune) && Rune.IsDigit(rune) != Rune.IsDigit(previous);
            if (startsWord || !Rune.IsLetterOrDigit(rune))
            {
                Finish(word, words);
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }

            previous = rune;
        }

        Finish(word, words);
        return words;
    }

    /// <summary>True for a word that tells pictures apart: no article, no counter of a camera, no format.</summary>
    public static bool IsTelling(string word) =>
        !Empty.Contains(word) && (char.IsAsciiDigit(word[0]) ? IsYear(word) : word.Length >= ShortestWord || word[0] > '\u02FF');

    private static bool IsYear(string word) => word.Length == 4 && (word.StartsWith("19", StringComparison.Ordinal) || word.StartsWith("20", StringComparison.Ordinal));

    private static void Finish(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
