using ImageSearch.Answers;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>Search over HTTP.</summary>
internal static class SearchEndpoints
{
    private const int DefaultLimit = 50;

    /// <summary><c>GET /search</c>: a page of hits.</summary>
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/search", SearchAsync);

    private static async Task<SearchAnswer> SearchAsync(ServedCollection served, string? q, int? limit, CancellationToken cancellationToken)
    {
        var query = QueryParser.Parse(q ?? "") with { Limit = limit ?? DefaultLimit };
        await using var lease = await served.BorrowAsync(cancellationToken);
        var page = await lease.Searcher.SearchAsync(query, cancellationToken);
        return new SearchAnswer(
            query.ToString(), [.. page.Hits.Select(JsonHit.Of)], page.HasMore, Math.Round(page.Elapsed.TotalMilliseconds, 1), page.Notes);
    }
}
