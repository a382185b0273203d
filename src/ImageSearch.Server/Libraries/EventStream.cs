using ImageSearch.Server.Events;

namespace ImageSearch.Server.Libraries;

/// <summary>Server-sent events: how far runs have come, and when searches see something new.</summary>
/// <seealso href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>
internal sealed class EventStream(ServerEvents events, IndexRuns runs, CollectionWatch watch, IHostApplicationLifetime lifetime, TimeProvider time)
{
    // Below the minute after which proxies take a silent connection for a dead one.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Writes events until the listener leaves or the server stops.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.BeginEvents();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var told = events.Listen(end.Token);
        await response.SendCommentAsync();
        foreach (var progress in (await runs.CurrentAsync(context.RequestAborted)).Values)
        {
            await response.SendAsync(ServerEvents.Of(progress));
        }

        // Who comes late is told how it stands; from here on every change is told, whenever the next look would have been.
        if (await watch.LookAsync(context.RequestAborted) is { } known)
        {
            await response.SendAsync(ServerEvents.Of(known));
        }

        for (var more = told.WaitToReadAsync().AsTask(); !more.IsCompleted || await more;)
        {
            if (await Task.WhenAny(more, Task.Delay(Heartbeat, time, context.RequestAborted)) != more)
            {
                await response.SendCommentAsync();
                continue;
            }

            while (told.TryRead(out var one))
            {
                await response.SendAsync(one);
            }

            more = told.WaitToReadAsync().AsTask();
        }
    }
}
