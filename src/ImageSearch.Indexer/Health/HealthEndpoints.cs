namespace ImageSearch.Indexer.Health;

/// <summary>The worker's answers over HTTP about itself.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: 200 as long as the process answers. <c>/health/ready</c>: 200, or 503 while a dependency is down; which one, and
    /// what goes on with each library, is told as JSON.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes, WorkerState state, string shard)
    {
        routes.MapGet("/health/live", (RequestDelegate)(context => context.Response.WriteAsync("live\n", context.RequestAborted)));
        routes.MapGet("/health/ready", (RequestDelegate)(context =>
        {
            var report = HealthReport.Of(state, shard);
            context.Response.StatusCode = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsJsonAsync(report, HealthJson.Default.HealthReport, contentType: null, context.RequestAborted);
        }));
    }
}
