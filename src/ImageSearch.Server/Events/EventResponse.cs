using System.Text;

namespace ImageSearch.Server.Events;

/// <summary>Writes server-sent events into a response.</summary>
/// <seealso href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>
internal static class EventResponse
{
    private const string Comment = ":\n\n";

    /// <summary>Says in the headers what follows, to the listener and to whatever stands between.</summary>
    public static void BeginEvents(this HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Sends an event at once.</summary>
    public static Task SendAsync(this HttpResponse response, ServerEvent told) => response.SendAsync($"event: {told.Name}\ndata: {told.Json}\n\n");

    /// <summary>Sends a sign of life, which tells nothing.</summary>
    public static Task SendCommentAsync(this HttpResponse response) => response.SendAsync(Comment);

    private static async Task SendAsync(this HttpResponse response, string text)
    {
        var cancellationToken = response.HttpContext.RequestAborted;
        await response.WriteAsync(text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
