using System.Text;

namespace ImageSearch.Server.Libraries;

/// <summary>Server-sent events: how far runs have come, and when searches see something new.</summary>
/// <seealso href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>
internal sealed class EventStream(ServerEvents events, IndexRuns runs, CollectionWatch watch, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const string Comment = ":\n\n";

    // Below the minute after which proxies take a silent connection for a dead one.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Writes events until the listener leaves or the server stops.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var told = events.Listen(end.Token);
        await WriteAsync(response, Comment);
        foreach (var progress in (await runs.CurrentAsync(context.RequestAborted)).Values)
        {
            await WriteAsync(response, TextOf(ServerEvents.Of(progress)));
        }

        // From here on every change is told, whenever the next look would have been.
        await watch.LookAsync(context.RequestAborted);
        for (var more = told.WaitToReadAsync().AsTask(); !more.IsCompleted || await more;)
        {
            if (await Task.WhenAny(more, Task.Delay(Heartbeat, time, context.RequestAborted)) != more)
            {
                await WriteAsync(response, Comment);
                continue;
            }

            while (told.TryRead(out var one))
            {
                await WriteAsync(response, TextOf(one));
            }

            more = told.WaitToReadAsync().AsTask();
        }
    }

    private static string TextOf(ServerEvent told) => $"event: {told.Name}\ndata: {told.Json}\n\n";

    private static async Task WriteAsync(HttpResponse response, string text)
    {
        var cancellationToken = response.HttpContext.RequestAborted;
        await response.WriteAsync(text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
