using System.ComponentModel;
using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>What filters can be made of, over HTTP.</summary>
internal static class FacetEndpoints
{
    private const int DefaultValues = 20;
    private const int MostValues = 500;
    private const int DefaultSuggestions = 10;
    private const int MostSuggestions = 50;

    private static readonly Dictionary<string, ImageFacet> Known = Enum.GetValues<ImageFacet>().ToDictionary(facet => facet.ToString().ToLowerInvariant());

    /// <summary>Facets of a query's filters, and completions of what is being typed.</summary>
    public static void MapFacets(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Search");
        routes.MapGet("/facets", FacetsAsync).Takes("q", "facets", "limit")
            .WithName("facets").WithSummary("Counts the values of facets among the pictures that pass the filters of a query.");
        routes.MapGet("/suggestions", SuggestionsAsync).Takes("q", "limit")
            .WithName("suggestions").WithSummary("Completes the last item of a query that is being typed.");
    }

    private static async Task<FacetsAnswer> FacetsAsync(
        ServedCollection served,
        ImageSearchHome home,
        [Description("The query whose filters count.")] string? q,
        [Description("Facets with commas between them, of library, folder, format, camera, year, tag, colour and rating; all by default.")] string? facets,
        [Description("Most values of each facet, 1 to 500; 20 by default.")] int? limit,
        CancellationToken cancellationToken)
    {
        var most = Bounded(limit ?? DefaultValues, MostValues);
        var query = QueryParser.Parse(q ?? "");
        var names = facets is null ? [.. Known.Keys] : Named(facets);
        await using var lease = await served.BorrowAsync(cancellationToken);
        var filter = home.PlannerOf(lease.Collection).ReadUsually(query).Filter;
        var counted = new Dictionary<string, IReadOnlyList<FacetValue>>();
        foreach (var name in names)
        {
            var counts = await lease.Facets.CountAsync(Known[name], filter, cancellationToken);
            counted[name] = [.. counts.Take(most).Select(count => new FacetValue(count.Value, count.Count, FacetItem.Of(Known[name], count.Value)))];
        }

        return new FacetsAnswer(counted);
    }

    private static async Task<SuggestionsAnswer> SuggestionsAsync(
        ServedCollection served,
        [Description("The query as far as it is typed.")] string? q,
        [Description("Most suggestions, 1 to 50; 10 by default.")] int? limit,
        CancellationToken cancellationToken)
    {
        var most = Bounded(limit ?? DefaultSuggestions, MostSuggestions);
        if (q?.Length > QueryParser.LongestText)
        {
            throw new BadHttpRequestException($"The query is {q.Length} characters long. Keep it within {QueryParser.LongestText}.");
        }

        await using var lease = await served.BorrowAsync(cancellationToken);
        var found = await new QuerySuggestions(lease.Facets).CompleteAsync(q ?? "", most, cancellationToken);
        return new SuggestionsAnswer([.. found.Select(suggestion => new Suggestion(suggestion.Text, suggestion.Kind, suggestion.Detail, suggestion.Query))]);
    }

    private static List<string> Named(string facets)
    {
        var names = facets.Split(',', StringSplitOptions.TrimEntries).Distinct().ToList();
        return names.TrueForAll(Known.ContainsKey)
            ? names
            : throw new BadHttpRequestException($"There is no such facet. Known are {string.Join(", ", Known.Keys)}, with commas between them.");
    }

    private static int Bounded(int limit, int most) =>
        limit >= 1 && limit <= most ? limit : throw new BadHttpRequestException($"The limit is {limit}. Ask for 1 to {most}.");
}
