using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace ImageSearch.Server.Safety;

/// <summary>Sends requests away before they reach an endpoint.</summary>
internal static class Refusal
{
    /// <summary>Answers with a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="detail">What happened and the cure.</param>
    /// <param name="retryAfter">When to ask again; null where that is of no use.</param>
    public static async Task WriteAsync(HttpContext context, int status, string detail, TimeSpan? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var problems = context.RequestServices.GetRequiredService<IProblemDetailsService>();
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = new ProblemDetails { Status = status, Detail = detail } });
    }
}
