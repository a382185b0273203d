using Microsoft.AspNetCore.Http.Timeouts;

namespace ImageSearch.Server.Safety;

/// <summary>How long a request may take.</summary>
internal static class Deadline
{
    /// <summary>The rule for so much time; who runs over it is told so.</summary>
    public static RequestTimeoutPolicy Of(TimeSpan limit) => new()
    {
        Timeout = limit,
        TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        WriteTimeoutResponse = context => Refusal.WriteAsync(
            context, StatusCodes.Status504GatewayTimeout, $"The request took longer than {limit.TotalSeconds:0} seconds, its deadline. Ask for less at once, or again later."),
    };
}
