using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Server.Health;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace ImageSearch.Server.Problems;

/// <summary>Answers exceptions as problems; what is no fault of the request is logged, and its text is not told.</summary>
internal sealed class ProblemHandler(IProblemDetailsService problems, ServedCollection served, ImageSearchHome home, Troubles troubles, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            return true;
        }

        if (exception is CollectionException)
        {
            await served.RetireAsync();
        }

        var problem = Problem.Of(exception);
        if (problem.Dependency is { } dependency)
        {
            logger.Away(dependency, exception.Message);
            troubles.Report(dependency, PublicText.Of(exception.Message, home), problem.RetryAfter);
        }
        else if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            logger.Failed(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        if (problem.RetryAfter is { } pause)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.StatusCode = problem.Status;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = DetailsOf(problem) });
    }

    private ProblemDetails DetailsOf(Problem problem)
    {
        var details = new ProblemDetails { Status = problem.Status, Detail = problem.Detail is { } detail ? PublicText.Of(detail, home) : null };
        if (problem.Dependency is { } dependency)
        {
            details.Extensions["dependency"] = dependency;
        }

        return details;
    }
}
