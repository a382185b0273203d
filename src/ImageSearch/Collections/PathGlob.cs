namespace ImageSearch.Collections;

/// <summary>Patterns of paths; see <see cref="ImageCondition.PathMatches"/>. Pattern and path are folded.</summary>
internal static class PathGlob
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Whether the pattern has wildcards, and so stands for whole paths.</summary>
    public static bool IsGlob(string pattern) => pattern.IndexOfAny(Wildcards) >= 0;

    public static bool Matches(string pattern, string path) =>
        IsGlob(pattern) ? MatchesWhole(pattern, path) : path.Contains(pattern, StringComparison.Ordinal);

    /// <summary>The runs of characters between the wildcards.</summary>
    public static IEnumerable<string> Literals(string pattern) => pattern.Split(Wildcards, StringSplitOptions.RemoveEmptyEntries);

    // Greedy, with one step back: to the last star, which then takes one character more.
    private static bool MatchesWhole(string pattern, string path)
    {
        var (at, position, star, retry) = (0, 0, -1, 0);
        while (position < path.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, retry) = (at++, position);
            }
            else if (at < pattern.Length && pattern[at] == '?')
            {
                at++;
                position += CharacterAt(path, position);
            }
            else if (at < pattern.Length && pattern[at] == path[position])
            {
                at++;
                position++;
            }
            else if (star >= 0)
            {
                retry += CharacterAt(path, retry);
                (at, position) = (star + 1, retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    private static int CharacterAt(string path, int position) => char.IsSurrogatePair(path, position) ? 2 : 1;
}
