using ImageSearch.Server.Problems;

namespace ImageSearch.Server.Events;

/// <summary>
/// An answer that comes in server-sent events, each sent as soon as it is there. What fails before the first is answered as a problem, what
/// fails later as a last event, <c>failed</c>. When the client leaves or the server stops, whatever makes the events is stopped.
/// </summary>
/// <param name="events">The events; enumerated once.</param>
internal sealed class EventAnswer(IAsyncEnumerable<ServerEvent> events) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await foreach (var told in events.WithCancellation(end.Token))
            {
                if (!httpContext.Response.HasStarted)
                {
                    httpContext.Response.BeginEvents();
                }

                await httpContext.Response.SendAsync(told);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Nobody listens any more, or the server stops: what was told stays told.
        }
        catch (Exception failure) when (httpContext.Response.HasStarted && !end.IsCancellationRequested)
        {
            var problem = await httpContext.RequestServices.GetRequiredService<ProblemReports>().ReportAsync(httpContext.Request, failure);
            var reason = problem.Detail ?? "The server failed at this. Its log says why.";
            await httpContext.Response.SendAsync(ServerEvent.Of("failed", new EventFailure(reason), ServerJson.Default.EventFailure));
        }
    }
}
