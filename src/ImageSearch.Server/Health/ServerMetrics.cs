using ImageSearch.Metrics;

namespace ImageSearch.Server.Health;

/// <summary>The server's numbers: those of the library and of the framework that answers requests.</summary>
internal static class ServerMetrics
{
    /// <summary>Collects them.</summary>
    public static IServiceCollection AddServerMetrics(this IServiceCollection services, ImageSearchHome home, string? otlpEndpoint) => services
        .AddSingleton<Troubles>()
        .AddSingleton(provider => new ProgramMetrics(
            "imagesearch-server",
            attributes: [],
            ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting"],
            home,
            () => provider.GetRequiredService<Troubles>().Now.Select(trouble => trouble.Dependency),
            otlpEndpoint));
}
