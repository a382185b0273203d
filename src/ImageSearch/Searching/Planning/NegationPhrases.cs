using System.Collections.Frozen;
using ImageSearch.Collections;

namespace ImageSearch.Searching.Planning;

/// <summary>
/// Reads what must not be in a picture out of English words: "cat without glasses", "beach with no people", "cats, not dogs". What is
/// excluded stands behind what is searched for: "no entry" alone is a sign.
/// </summary>
/// <param name="words">The words.</param>
internal sealed class NegationPhrases(IReadOnlyList<PlainWord> words)
{
    /// <summary>What several words together are moved away from by; a vector cannot tell more surely, and no picture is left out for them.</summary>
    public const double WeightAway = -0.5;

    private const int LongestName = 3;

    private static readonly FrozenSet<string> Openers = FrozenSet.ToFrozenSet(["a", "an", "any", "the", "my", "his", "her", "their", "your", "our", "wearing", "having", "showing"]);

    // "doctors without borders", "man with no name", "a path without end", "without you": names and sayings, and words that name nothing.
    private static readonly FrozenSet<string> Nothings = FrozenSet.ToFrozenSet(
    [
        "borders", "doubt", "end", "cause", "name", "warning", "reason", "limits", "fear", "shame", "words", "question", "exception", "it", "them", "this",
        "that", "these", "those", "one", "me", "you", "us", "him", "she", "he", "they", "which", "anything", "everything", "more", "less", "much", "many",
        "and", "or", "nor", "only", "just", "so", "too", "very", "all", "be", "is", "are", "was",
    ]);

    /// <summary>What the words from a place on exclude; null where they exclude nothing.</summary>
    public PhraseReading? Read(int at)
    {
        if (at == 0 || words[at].IsCapital || MarkerAt(at) is not (> 0 and var length))
        {
            return null;
        }

        var (conditions, away) = (new List<ImageCondition>(), new List<QueryPart.Text>());
        var end = at;
        for (var next = at + length; NameAt(next) is { } name; next = end + 1)
        {
            if (name.Words is [var single])
            {
                conditions.Add(new ImageCondition.Not(new ImageCondition.HasWord(single)));
            }
            else
            {
                away.Add(new QueryPart.Text(string.Join(' ', name.Words), WeightAway));
            }

            end = name.End;
            if (Word(end) is not ("or" or "and" or "nor"))
            {
                break;
            }
        }

        return end == at ? null : new PhraseReading(at, end) { Conditions = conditions, Away = away };
    }

    private string Word(int at) => at < words.Count ? words[at].Text : "";

    /// <summary>How many words say that something is excluded; 0 for none.</summary>
    private int MarkerAt(int at) => (words[at].Text, Word(at + 1)) switch
    {
        ("without" or "excluding", _) => 1,
        ("except", "for") => 2,
        ("except", _) => 1,
        ("with" or "but" or "and", "no") => 2,
        ("but" or "and", "not" or "without") => 2,
        ("not" or "no", _) when words[at - 1].EndsClause => 1,
        _ => 0,
    };

    /// <summary>One to three words that name something, up to where something new begins.</summary>
    private (string[] Words, int End)? NameAt(int at)
    {
        at += Openers.Contains(Word(at)) ? 1 : 0;
        at += Openers.Contains(Word(at)) ? 1 : 0;
        var end = at;
        while (end < words.Count && !IsNameOver(at, end))
        {
            end++;
        }

        var name = words.Skip(at).Take(end - at).ToList();
        var isName = name.Count is >= 1 and <= LongestName
            && name.TrueForAll(word => word.IsName) && !Nothings.Contains(name[0].Text) && !IsDoing(name[0].Text) && !Connectors.At([name[0]], 0);
        return isName ? ([.. name.Select(word => word.Text)], end) : null;
    }

    private bool IsNameOver(int start, int at) =>
        at > start && (Connectors.At(words, at) || Word(at) is "or" or "and" or "nor" || IsDoing(Word(at)));

    /// <summary>"sleeping" says what somebody does, "ring" does not.</summary>
    private static bool IsDoing(string word) => word.Length > 6 && word.EndsWith("ing", StringComparison.Ordinal) && word is not ("clothing" or "building" or "painting" or "lighting" or "wedding" or "drawing" or "railing");
}
