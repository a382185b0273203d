using System.Threading.RateLimiting;
using ImageSearch.Server.Settings;
using ImageSearch.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImageSearch.Server.Safety;

/// <summary>Puts together what stands between the network and the endpoints.</summary>
internal static class RequestSafety
{
    private const int MostConnections = 1_024;
    private const int MostBodyBytes = 1 << 20;
    private const int MostHeaderBytes = 16 << 10;
    private const int MostHeaders = 64;
    private const int SecondsSavedUp = 2;
    private const int RefillsPerSecond = 10;

    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);

    /// <summary>Adds keys, limits and deadlines.</summary>
    /// <exception cref="SettingException">Keys cannot be read, or the address asks for one that is not there.</exception>
    public static IServiceCollection AddSafety(this IServiceCollection services, ServerOptions options)
    {
        var safety = options.Safety;
        var keys = new ApiKeys(safety);
        var anonymous = ListenAddress.AnonymousAccess(options.Listen, safety, keys);
        var origins = Names.Of(safety.AllowedOrigins);
        return services.Configure<KestrelServerOptions>(Limit)
            .AddSingleton(keys)
            .AddSingleton<SessionTokens>()
            .AddSingleton<WrongKeys>()
            .AddSingleton(provider => new KeyCheck(
                keys, provider.GetRequiredService<SessionTokens>(), provider.GetRequiredService<WrongKeys>(), anonymous, origins))
            .AddSingleton(provider => new LoadShedding(safety, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(new HostCheck(options.Listen, safety))
            .AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(origins).WithHeaders("Authorization", "Content-Type", "X-Api-Key").AllowAnyMethod()))
            .AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = Deadline.Of(safety.Deadline))
            .AddRateLimiter(limiter =>
            {
                limiter.GlobalLimiter = ClientLimiter(safety.RequestsPerSecond);
                limiter.OnRejected = (rejected, _) => new ValueTask(Refusal.WriteAsync(
                    rejected.HttpContext, StatusCodes.Status429TooManyRequests, $"More than {safety.RequestsPerSecond} requests a second. Ask more slowly.", TimeSpan.FromSeconds(1)));
            });
    }

    /// <summary>Checks every request that follows; which endpoint it goes to must be known by now.</summary>
    public static void UseSafety(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<KeyCheck>();
        var shedding = app.Services.GetRequiredService<LoadShedding>();
        app.UseCors();
        app.UseRateLimiter();
        app.Use((context, next) => keys.CheckAsync(context, next));
        app.Use((context, next) => shedding.LimitAsync(context, next));
        app.UseRequestTimeouts();
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
        kestrel.Limits.RequestHeadersTimeout = HeaderTime;
    }

    private static PartitionedRateLimiter<HttpContext> ClientLimiter(int perSecond) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        context.Cost() == Load.Free
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(ClientName.Of(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * SecondsSavedUp,
                TokensPerPeriod = Math.Max(1, perSecond / RefillsPerSecond),
                ReplenishmentPeriod = TimeSpan.FromSeconds(perSecond < RefillsPerSecond ? 1.0 / perSecond : 1.0 / RefillsPerSecond),
                QueueLimit = 0,
            }));
}
