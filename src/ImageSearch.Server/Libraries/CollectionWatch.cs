using ImageSearch.Collections;

namespace ImageSearch.Server.Libraries;

/// <summary>While anybody listens, looks every second whether the collection has changed, whoever wrote to it.</summary>
internal sealed class CollectionWatch(ServedCollection served, ServerEvents events, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        long? told = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var points = events.HasListeners ? await CountAsync(stoppingToken) : null;
            if (points is { } now && told is { } before && now != before)
            {
                events.Publish(new CollectionNews(now));
            }

            told = points ?? told;
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
