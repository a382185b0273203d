using System.Threading.RateLimiting;

namespace ImageSearch.Server.Safety;

/// <summary>
/// Counts the wrong keys of each client. Beyond a few in a minute they are no longer answered one by one, nor logged; right keys are
/// not held up by them, so that nobody can shut another out.
/// </summary>
internal sealed class WrongKeys(ILogger<WrongKeys> logger) : IDisposable
{
    private const int MostInMinute = 10;

    private readonly PartitionedRateLimiter<string> _limits = PartitionedRateLimiter.Create<string, string>(client => RateLimitPartition.GetFixedWindowLimiter(
        client, static _ => new FixedWindowRateLimiterOptions { PermitLimit = MostInMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>Answers a request that came with a wrong key.</summary>
    public Task RefuseAsync(HttpContext context)
    {
        var client = ClientName.Of(context);
        using var lease = _limits.AttemptAcquire(client);
        if (!lease.IsAcquired)
        {
            return Refusal.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, "Too many wrong keys. Check the key.",
                lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : null);
        }

        logger.WrongKey(client);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal.WriteAsync(context, StatusCodes.Status401Unauthorized, "The key is not known here. Check it, or ask who runs the server for one.");
    }

    /// <inheritdoc/>
    public void Dispose() => _limits.Dispose();
}
