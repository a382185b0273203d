using System.Threading.RateLimiting;

namespace ImageSearch.Server.Safety;

/// <summary>
/// Lets only so many requests be worked on at once; a few wait, for less than a tenth of a second, and all others are sent away at
/// once. So those that are let in are answered as fast as ever, however many ask.
/// </summary>
internal sealed class LoadShedding(SafetyOptions options, TimeProvider time) : IDisposable
{
    private const int WaitingPerWorker = 8;
    private const int MostTransfers = 256;
    private const int MostStreams = 64;
    private const int MostModelQuestions = 16;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _work = LimiterOf(options.RequestsAtOnce, options.RequestsAtOnce * WaitingPerWorker);
    private readonly ConcurrencyLimiter _transfers = LimiterOf(MostTransfers, waiting: 0);
    private readonly ConcurrencyLimiter _streams = LimiterOf(MostStreams, waiting: 0);
    private readonly ConcurrencyLimiter _modelQuestions = LimiterOf(MostModelQuestions, waiting: 0);

    /// <summary>Lets a request on or sends it away.</summary>
    public async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var load = context.Cost();
        if (load == Load.Free)
        {
            await next(context);
            return;
        }

        using var lease = await EnterAsync(load, context.RequestAborted);
        if (lease is { IsAcquired: true })
        {
            // Work keeps its thread until it is done. Those who came meanwhile are looked at first, so that each of them waits in
            // the queue here or is sent away, and not unseen in that of the threads.
            if (load == Load.Work)
            {
                await Task.Yield();
            }

            await next(context);
        }
        else
        {
            await Refusal.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The server has as much to do as it can. Ask again in a moment.", Soon);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _transfers.Dispose();
        _streams.Dispose();
        _modelQuestions.Dispose();
    }

    /// <summary>Null when the wait was too long.</summary>
    private async ValueTask<RateLimitLease?> EnterAsync(Load load, CancellationToken cancellationToken)
    {
        var limiter = load switch
        {
            Load.Transfer => _transfers,
            Load.Stream => _streams,
            Load.Model => _modelQuestions,
            _ => _work,
        };
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired || load != Load.Work)
        {
            return lease;
        }

        lease.Dispose();
        using var wait = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            return await limiter.AcquireAsync(1, either.Token);
        }
        catch (OperationCanceledException) when (wait.IsCancellationRequested)
        {
            return null;
        }
    }

    private static ConcurrencyLimiter LimiterOf(int atOnce, int waiting) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
