using System.Collections.Frozen;

namespace ImageSearch.Searching.Planning;

/// <summary>Words with which something new begins.</summary>
internal static class Connectors
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "at", "in", "on", "with", "without", "from", "by", "near", "for", "of", "but", "not", "no", "except", "excluding", "during", "under", "over",
        "behind", "beside", "inside", "outside", "before", "after", "since", "until", "till", "between", "to", "while", "when", "where", "taken", "shot",
    ]);

    /// <summary>Whether something new begins at a place, or nothing is left.</summary>
    public static bool At(IReadOnlyList<PlainWord> words, int place) =>
        place >= words.Count || Known.Contains(words[place].Text) || (place > 0 && words[place - 1].EndsClause);
}
