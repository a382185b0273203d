using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace ImageSearch.Server.Problems;

/// <summary>Answers exceptions as problems; what is no fault of the request is logged, and its text is not told.</summary>
internal sealed class ProblemHandler(IProblemDetailsService problems, ProblemReports reports) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            return true;
        }

        var problem = await reports.ReportAsync(httpContext.Request, exception);
        if (problem.RetryAfter is { } pause)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.StatusCode = problem.Status;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = DetailsOf(problem) });
    }

    private static ProblemDetails DetailsOf(Problem problem)
    {
        var details = new ProblemDetails { Status = problem.Status, Detail = problem.Detail };
        if (problem.Dependency is { } dependency)
        {
            details.Extensions["dependency"] = dependency;
        }

        return details;
    }
}
