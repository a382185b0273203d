using ImageSearch.Collections;

namespace ImageSearch.Server.Libraries;

/// <summary>While anybody listens, looks every second whether the collection has changed, whoever wrote to it.</summary>
internal sealed class CollectionWatch(ServedCollection served, ServerEvents events, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _told;

    /// <summary>Looks now, and tells everyone who listens where something is new.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await CountAsync(cancellationToken) is not { } points)
        {
            return;
        }

        lock (_gate)
        {
            if (_told != points)
            {
                _told = points;
                events.Publish(new CollectionNews(points));
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (events.HasListeners)
            {
                await LookAsync(stoppingToken);
            }
        }
    }

    // A collection that is away is told of by whoever searches it.
    private async Task<long?> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = await served.BorrowAsync(cancellationToken);
            return await lease.Collection.CountAsync(ImageFilter.All, cancellationToken);
        }
        catch (CollectionException)
        {
            await served.RetireAsync();
            return null;
        }
    }
}
