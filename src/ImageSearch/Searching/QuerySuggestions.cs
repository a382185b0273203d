using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Completes the last item of a query as it is typed: keys of the language, and values that pictures of the collection have.</summary>
/// <param name="facets">Counts the values.</param>
public sealed class QuerySuggestions(FacetCounts facets)
{
    // A single letter begins too many values to be of help.
    private const int LeastOfValue = 2;

    private static readonly Dictionary<string, ImageFacet> FacetOfKey = new(StringComparer.Ordinal)
    {
        ["tag"] = ImageFacet.Tag,
        ["folder"] = ImageFacet.Folder,
        ["camera"] = ImageFacet.Camera,
        ["library"] = ImageFacet.Library,
        ["colour"] = ImageFacet.Colour,
        ["color"] = ImageFacet.Colour,
        ["type"] = ImageFacet.Format,
        ["rating"] = ImageFacet.Rating,
        ["taken"] = ImageFacet.Year,
        ["after"] = ImageFacet.Year,
        ["before"] = ImageFacet.Year,
    };

    private static readonly string[] KeysOfWords = ["tag", "folder", "camera", "library", "colour"];

    private static readonly QueryFilterDescription[] Orders =
    [
        new("sort", "The best first.", "", ["relevance"]), new("sort", "The newest first.", "", ["date"]), new("sort", "The oldest first.", "", ["date-asc"]),
        new("sort", "The best, without pictures that are much like one before.", "", ["diverse"]),
        new("sort", "Each unlike those before it.", "", ["diverse"]),
    ];

    /// <summary>Completions, the likeliest first; none where nothing fits.</summary>
    /// <param name="query">The query as far as it is typed.</param>
    /// <param name="limit">Most completions.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<IReadOnlyList<QuerySuggestion>> CompleteAsync(string query, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var typed = TypedItem.LastOf(query);
        var found = new List<QuerySuggestion>(Fixed(typed));
        foreach (var key in typed.Key is { } only ? [only] : typed.Text.Length >= LeastOfValue ? KeysOfWords : [])
        {
            if (FacetOfKey.TryGetValue(key, out var facet))
            {
                found.AddRange(Values(typed, key, facet, await facets.CountAsync(facet, FilterOf(typed.Before), cancellationToken)).Take(limit));
            }
        }

        return [.. found.Where(suggestion => suggestion.Query != query).Take(limit)];
    }

    private static IEnumerable<QuerySuggestion> Fixed(TypedItem typed)
    {
        if (typed.Key is null)
        {
            return QueryFilters.All.Where(filter => filter.Key.StartsWith(typed.Text, StringComparison.OrdinalIgnoreCase))
                .Select(filter => Suggestion(typed, filter.Key + ":", QuerySuggestionKind.Key, filter.Meaning));
        }

        if (typed.Key == "sort")
        {
            return Orders.Where(order => order.Examples[0].StartsWith(typed.Text, StringComparison.OrdinalIgnoreCase))
                .Select(order => Suggestion(typed, "sort:" + order.Examples[0], QuerySuggestionKind.Value, order.Meaning));
        }

        return FacetOfKey.ContainsKey(typed.Key)
            ? []
            : QueryFilters.All.Where(filter => filter.Key == typed.Key).SelectMany(filter => filter.Examples)
                .Where(example => example.StartsWith($"{typed.Key}:{typed.Text}", StringComparison.OrdinalIgnoreCase))
                .Select(example => Suggestion(typed, example, QuerySuggestionKind.Example, "An example."));
    }

    private static IEnumerable<QuerySuggestion> Values(TypedItem typed, string key, ImageFacet facet, IReadOnlyList<FacetCount> counts) =>
        from count in counts
        let place = PlaceOf(typed.Text, count.Value)
        where place is not null
        orderby place
        let item = FacetItem.Of(facet, count.Value)
        select Suggestion(
            typed, $"{key}:{typed.Head}{item[(item.IndexOf(':', StringComparison.Ordinal) + 1)..]}", QuerySuggestionKind.Value,
            count.Count == 1 ? "1 picture" : string.Create(CultureInfo.InvariantCulture, $"{count.Count:N0} pictures"));

    /// <summary>0 where the value begins with the text, 1 where one of its words does, null elsewhere.</summary>
    private static int? PlaceOf(string text, string value)
    {
        var at = value.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        while (at > 0 && char.IsLetterOrDigit(value[at - 1]))
        {
            at = value.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase);
        }

        return at < 0 ? null : Math.Min(at, 1);
    }

    private static QuerySuggestion Suggestion(TypedItem typed, string item, QuerySuggestionKind kind, string detail) =>
        new(typed.Sign + item, kind, detail, typed.Before + typed.Sign + item);

    /// <summary>Values are counted among the pictures that pass what stands before; where that cannot be read yet, among all.</summary>
    private static ImageFilter FilterOf(string before)
    {
        try
        {
            return QueryParser.Parse(before).Filter;
        }
        catch (QueryException)
        {
            return ImageFilter.All;
        }
    }
}
