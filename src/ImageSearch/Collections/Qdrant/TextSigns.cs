using System.Text;

namespace ImageSearch.Collections.Qdrant;

/// <summary>The characters of a text that are neither part of a word nor space: what the words' index does not know.</summary>
internal static class TextSigns
{
    public static IReadOnlyList<string> Of(string folded)
    {
        var signs = new HashSet<Rune>();
        foreach (var rune in folded.EnumerateRunes())
        {
            if (!WordsIndex.IsWord(rune) && !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
            {
                signs.Add(rune);
            }
        }

        return [.. signs.Select(sign => sign.ToString())];
    }
}
