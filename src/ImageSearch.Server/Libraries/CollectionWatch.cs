using ImageSearch.Collections;

namespace ImageSearch.Server.Libraries;

/// <summary>While anybody listens, looks every second whether the collection has changed, whoever wrote to it.</summary>
internal sealed class CollectionWatch(ServedCollection served, ServerEvents events, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private CollectionNews? _told;

    /// <summary>Looks now, and tells everyone who listens where something is new.</summary>
    /// <returns>How it stands, where everyone was told of that before; null where they were told just now, or nobody can say.</returns>
    public async Task<CollectionNews?> LookAsync(CancellationToken cancellationToken)
    {
        var news = await ReadAsync(cancellationToken);
        lock (_gate)
        {
            if (news is null || _told == news)
            {
                return news;
            }

            _told = news;
            events.Publish(news);
            return null;
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
    private async Task<CollectionNews?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = await served.BorrowAsync(cancellationToken);
            var mark = await lease.Collection.MarkAsync(cancellationToken);
            return new CollectionNews(await lease.Collection.CountAsync(ImageFilter.All, cancellationToken), mark);
        }
        catch (CollectionException)
        {
            await served.RetireAsync();
            return null;
        }
    }
}
