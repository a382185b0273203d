using ImageSearch.Collections;
using ImageSearch.Server.Health;

namespace ImageSearch.Server.Problems;

/// <summary>Takes note of what failed: in the log, in the server's health, and by opening anew what could not be used.</summary>
internal sealed class ProblemReports(ServedCollection served, ImageSearchHome home, Troubles troubles, ILogger<ProblemReports> logger)
{
    /// <summary>Notes the failure of a request.</summary>
    /// <returns>What is told of it to whoever asked.</returns>
    public async Task<Problem> ReportAsync(HttpRequest request, Exception exception)
    {
        if (exception is CollectionException)
        {
            await served.RetireAsync();
        }

        var problem = Problem.Of(exception);
        var detail = problem.Detail is { } text ? PublicText.Of(text, home) : null;
        if (problem.Dependency is { } dependency)
        {
            logger.Away(dependency, exception.Message);
            troubles.Report(dependency, PublicText.Of(exception.Message, home), problem.RetryAfter);
        }
        else if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            logger.Failed(exception, request.Method, request.Path);
        }

        return problem with { Detail = detail };
    }
}
