using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>The words of a query that take part in ranking.</summary>
internal static partial class QueryWords
{
    /// <summary>More words than anyone types; a pasted page must not make the search by words slow.</summary>
    private const int MostWords = 64;

    /// <summary>Words that are in every sentence; in a small collection a chance match would carry weight.</summary>
    private static readonly FrozenSet<string> Stopwords = FrozenSet.ToFrozenSet(
        ["a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "or", "that", "the", "their", "there", "to", "with"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The words of the texts with a weight above 0, of the exact text and of another language, each once, at most 64.</summary>
    public static IReadOnlyList<string> Ranked(SearchQuery query)
    {
        var texts = query.Parts.OfType<QueryPart.Text>().Where(text => text.Weight > 0).Select(text => text.Words)
            .Concat(query.Filter.Conditions.OfType<ImageCondition.HasPhrase>().Select(phrase => phrase.Phrase))
            .Append(query.OtherWords);
        var words = texts.SelectMany(text => Word().Matches(text)).Select(match => match.Value)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var telling = words.FindAll(word => !Stopwords.Contains(word));
        return [.. (telling.Count > 0 ? telling : words).Take(MostWords)];
    }

    /// <summary>The words that pictures must not have, as one text; empty where there are none.</summary>
    public static string Excluded(ImageFilter filter) => string.Join(
        ' ', filter.Conditions.Select(ExcludedBy).OfType<string>());

    /// <summary>The word that pictures must not have by a condition; null where it is another condition.</summary>
    public static string? ExcludedBy(ImageCondition condition) =>
        condition is ImageCondition.Not { Inner: ImageCondition.HasWord word } ? word.Word : null;

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
