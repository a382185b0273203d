using System.Text;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// Runs of three characters of a path, as tokens of a text index: a path that contains a text contains all of the text's pieces. What
/// has all pieces need not contain the text, so the paths are looked at after that. Beyond ASCII, where one character says much, each is
/// a piece too.
/// </summary>
internal static class PathPieces
{
    private const int Length = 3;

    /// <summary>A pattern with more pieces is narrowed down enough by these.</summary>
    private const int MostOfPattern = 64;

    /// <summary>Stands for a space, at which the index splits.</summary>
    private static readonly Rune Space = new('\u2423');

    /// <summary>The pieces of a folded path, which begins and ends at a slash.</summary>
    public static IReadOnlyList<string> OfPath(string path) => [.. Of($"/{path}/")];

    /// <summary>Pieces that every path has which matches the folded pattern; empty when nothing can be said.</summary>
    public static IReadOnlyList<string> OfPattern(string pattern)
    {
        if (!PathGlob.IsGlob(pattern))
        {
            return [.. Of(pattern).Take(MostOfPattern)];
        }

        // A pattern stands for the whole path, so that its ends are the path's.
        return [.. PathGlob.Literals($"/{pattern}/").SelectMany(Of).Distinct().Take(MostOfPattern)];
    }

    private static HashSet<string> Of(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => Rune.IsWhiteSpace(rune) ? Space : rune).ToArray();
        var pieces = new HashSet<string>();
        var piece = new StringBuilder();
        for (var i = 0; i < runes.Length; i++)
        {
            if (!runes[i].IsAscii)
            {
                pieces.Add(runes[i].ToString());
            }

            if (i + Length <= runes.Length)
            {
                pieces.Add(piece.Clear().Append(runes[i]).Append(runes[i + 1]).Append(runes[i + 2]).ToString());
            }
        }

        return pieces;
    }
}
