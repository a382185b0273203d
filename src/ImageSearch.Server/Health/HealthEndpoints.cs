using ImageSearch.Collections;
using ImageSearch.Server.Problems;
using ImageSearch.Server.Safety;

namespace ImageSearch.Server.Health;

/// <summary>The server's answers about itself, for everyone.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: 200 as long as the process answers. <c>/health/ready</c>: 200, or 503 while the collection is away; which
    /// dependencies are away is told as JSON. The collection is asked each time; the embedding, which may cost money, is only remembered.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/health/live", (RequestDelegate)(context => context.Response.WriteAsync("live\n", context.RequestAborted))).NeedsNoKey().IsFree();
        _ = routes.MapGet("/health/ready", ReadyAsync).NeedsNoKey().IsFree();
    }

    private static async Task<IResult> ReadyAsync(ServedCollection served, Troubles troubles, ImageSearchHome home, CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = await served.BorrowAsync(cancellationToken);
            _ = await lease.Collection.GetAsync([Guid.Empty], VectorInclusion.Without, cancellationToken);
            troubles.Clear(HealthReport.Collection);
        }
        catch (CollectionException failure)
        {
            await served.RetireAsync();
            troubles.Report(HealthReport.Collection, PublicText.Of(failure.Message, home), pause: null);
        }

        var report = HealthReport.Of(troubles.Now);
        return TypedResults.Json(
            report, ServerJson.Default.HealthReport, statusCode: report.Status == "away" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
