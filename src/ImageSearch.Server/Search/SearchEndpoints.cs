using System.ComponentModel;

namespace ImageSearch.Server.Search;

/// <summary>Search over HTTP.</summary>
internal static class SearchEndpoints
{
    private const string Query = "The query, in the query language.";
    private const string Limit = "Most hits on the page, 1 to 500; 50 by default.";
    private const string Cursor = "The nextCursor of an answer to the same query; without one, the first page.";
    private const string MinScore = "The least score of a hit, 0 to 1; without one, every hit.";

    private const string Plan = "Who reads dates, exclusions and the like out of the words: off, rules (by default) or model, which costs money. A cursor brings its own.";
    private const string Translate = "Whether a model puts the words into English, which costs money. A cursor brings its own.";

    /// <summary>Searches by query, by document, and by one indexed picture.</summary>
    public static void MapSearch(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Search");
        routes.MapGet("/search", SearchAsync).Takes("q", "limit", "cursor", "minScore", "plan", "translate")
            .WithName("search").WithSummary("Searches, and answers with a page of hits. Without a query, lists all pictures, the newest first.");
        routes.MapPost("/search", (SearchPages pages, SearchBody body, CancellationToken cancellationToken) => pages.AnswerAsync(body, cancellationToken)).Takes()
            .WithName("searchByDocument").WithSummary("The same with pictures and weights beside the query.");
        routes.MapGet("/similar/{id:guid}", SimilarAsync).Takes("q", "limit", "cursor", "minScore", "plan", "translate")
            .WithName("similar").WithSummary("Searches for pictures like an indexed one.");
    }

    private static Task<SearchAnswer> SearchAsync(
        SearchPages pages,
        [Description(Query)] string? q,
        [Description(Limit)] int? limit,
        [Description(Cursor)] string? cursor,
        [Description(MinScore)] double? minScore,
        [Description(Plan)] string? plan,
        [Description(Translate)] bool? translate,
        CancellationToken cancellationToken) =>
        pages.AnswerAsync(new SearchBody { Q = q, Limit = limit, Cursor = cursor, MinScore = minScore, Plan = plan, Translate = translate }, cancellationToken);

    private static Task<SearchAnswer> SimilarAsync(
        SearchPages pages,
        [Description("The id of the picture, as hits have it.")] Guid id,
        [Description("What narrows the search down, in the query language: filters, words, other pictures.")] string? q,
        [Description(Limit)] int? limit,
        [Description(Cursor)] string? cursor,
        [Description(MinScore)] double? minScore,
        [Description(Plan)] string? plan,
        [Description(Translate)] bool? translate,
        CancellationToken cancellationToken) =>
        pages.AnswerAsync(
            new SearchBody { Q = q, Like = [new LikedPicture { Id = id }], Limit = limit, Cursor = cursor, MinScore = minScore, Plan = plan, Translate = translate }, cancellationToken);
}
