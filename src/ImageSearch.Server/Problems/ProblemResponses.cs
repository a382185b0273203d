namespace ImageSearch.Server.Problems;

/// <summary>Every answer that is no success is a problem in the form of RFC 9457.</summary>
internal static class ProblemResponses
{
    /// <summary>Adds what writes problems.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddProblemDetails().AddSingleton<ProblemReports>().AddExceptionHandler<ProblemHandler>();

    /// <summary>Turns exceptions and bare status codes of all that follows into problems.</summary>
    public static void UseProblems(this WebApplication app)
    {
        // The handler logs what is to be logged; the middleware would log every refused query as a fault.
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages();
    }
}
