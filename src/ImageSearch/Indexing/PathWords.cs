using System.Text.RegularExpressions;

namespace ImageSearch.Indexing;

/// <summary>The words in a path: <c>2024/RomeTrip/IMG_0042-red_door.jpg</c> gives <c>2024 Rome Trip IMG 0042 red door</c>.</summary>
internal static partial class PathWords
{
    /// <summary>The words of the folders and of the file's name without its extension, separated by single spaces.</summary>
    public static string Of(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        var dot = path.LastIndexOf('.');
        return string.Join(' ', Word().Matches(dot > name ? path[..dot] : path).Select(match => match.Value));
    }

    // A run of digits; capitals that stand together (IMG); a word with at most its first letter capital (RomeTrip is two).
    [GeneratedRegex(@"\p{N}+|\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?[\p{L}\p{M}-[\p{Lu}]]+")]
    private static partial Regex Word();
}
