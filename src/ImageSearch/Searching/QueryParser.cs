using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>
/// Reads the query language: words, <c>-word</c>, <c>"exact text"</c>, <c>key:value</c> (see <see cref="QueryFilters"/>) and weights,
/// <c>2:cat</c>. What is not of this shape is a word, so any text can be searched for; its full description is docs/query-language.md.
/// </summary>
public static class QueryParser
{
    /// <summary>The longest text that is read, in UTF-16 units.</summary>
    public const int LongestText = 20_000;

    private const int MostConditions = 200;
    private const int MostParts = 32;
    private const double LargestWeight = 100;

    /// <summary>Reads a query.</summary>
    /// <param name="text">Any text; empty is a query for everything, the newest first.</param>
    /// <exception cref="QueryException">A part of the text cannot be what it looks like; no other exception is thrown.</exception>
    public static SearchQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new QueryException($"The query is {text.Length} characters long.", $"Keep it within {LongestText}.");
        }

        var scanner = new QueryScanner(text);
        var words = new List<string>();
        var parts = new List<QueryPart>();
        var conditions = new List<ImageCondition>();
        var sort = SearchSort.Relevance;
        HitGrouping? grouping = null;
        while (scanner.Next() is { } item)
        {
            switch (item)
            {
                case QueryItem.Word { Text: var word, Negated: false, Weight: null }:
                    words.Add(word);
                    break;
                case QueryItem.Filter { Key: "sort" } order:
                    sort = Sort(order);
                    break;
                case QueryItem.Filter { Key: "group" } groups:
                    grouping = Grouping(groups);
                    break;
                default:
                    Add(item, parts, conditions);
                    break;
            }
        }

        RefuseTooMany(parts, conditions);
        var plain = string.Join(' ', words.Where(word => word != "-"));
        return new SearchQuery
        {
            Parts = plain.Length == 0 ? parts : [new QueryPart.Text(plain), .. parts],
            Filter = conditions.Count == 0 ? ImageFilter.All : new ImageFilter(conditions),
            Sort = sort,
            Grouping = grouping,
        };
    }

    private static void Add(QueryItem item, List<QueryPart> parts, List<ImageCondition> conditions)
    {
        if (item.Weight is <= 0 or > LargestWeight)
        {
            throw item.Error("The weight is out of range.", $"Weights are above 0 and at most {LargestWeight}; put text such as '1:1' in quotes.");
        }

        switch (item)
        {
            case QueryItem.Filter { Key: "like" } picture:
                var path = string.Join(',', picture.Values);
                parts.Add(new QueryPart.Picture(path.Length > 0 ? path : throw FilterValues.Missing(picture), item.SignedWeight));
                break;
            case QueryItem.Filter filter:
                conditions.Add(FilterValues.Condition(filter));
                break;
            case QueryItem.Quoted { Text: var blank } when string.IsNullOrWhiteSpace(blank):
                break;
            case QueryItem.Quoted { Text: var exact, Weight: null }:
                conditions.Add(NotIf(item.Negated, new ImageCondition.HasPhrase(exact)));
                break;
            case QueryItem.Quoted { Text: var text }:
                parts.Add(new QueryPart.Text(text, item.SignedWeight) { IsLiteral = true });
                break;
            case QueryItem.Word { Text: var excluded, Weight: null }:
                conditions.Add(new ImageCondition.Not(new ImageCondition.HasWord(excluded)));
                break;
            case QueryItem.Word { Text: var word }:
                parts.Add(new QueryPart.Text(word, item.SignedWeight) { IsLiteral = true });
                break;
        }
    }

    private static ImageCondition NotIf(bool negated, ImageCondition condition) =>
        negated ? new ImageCondition.Not(condition) : condition;

    private static SearchSort Sort(QueryItem.Filter item) => (item.Negated || item.Weight is not null, item.Values) switch
    {
        (false, ["relevance"]) => SearchSort.Relevance,
        (false, ["date"]) => SearchSort.Newest,
        (false, ["date-asc"]) => SearchSort.Oldest,
        (false, ["diverse"]) => SearchSort.Diverse,
        _ => throw item.Error("This is no order.", "Known are sort:relevance, sort:date, sort:date-asc and sort:diverse."),
    };

    private static HitGrouping Grouping(QueryItem.Filter item)
    {
        var most = item.Values switch
        {
            [_] => 1,
            [_, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var hits) => hits,
            _ => 0,
        };
        var field = Array.IndexOf(HitGrouping.Keys, item.Values[0].ToLowerInvariant());
        return !item.Negated && item.Weight is null && field >= 0 && most is >= 1 and <= HitGrouping.LargestMost
            ? new HitGrouping((GroupField)field, most)
            : throw item.Error(
                "These are no groups.",
                $"Write group: and one of {string.Join(", ", HitGrouping.Keys)}; behind a comma, how many hits of each from 1 to {HitGrouping.LargestMost}.");
    }

    /// <summary>Each part costs an embedding and each condition a look at every candidate, so a query cannot be made to cost without bound.</summary>
    private static void RefuseTooMany(List<QueryPart> parts, List<ImageCondition> conditions)
    {
        if (parts.Count > MostParts)
        {
            throw new QueryException($"The query has {parts.Count} weighted texts and pictures.", $"Keep it within {MostParts}.");
        }

        var count = conditions.Sum(Count);
        if (count > MostConditions)
        {
            throw new QueryException($"The query has {count} conditions.", $"Keep it within {MostConditions}.");
        }
    }

    private static int Count(ImageCondition condition) => condition switch
    {
        ImageCondition.Not not => Count(not.Inner),
        ImageCondition.Any any => any.Inner.Sum(Count),
        _ => 1,
    };
}
