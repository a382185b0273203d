using ImageSearch.Collections;
using ImageSearch.Indexer.Settings;

namespace ImageSearch.Indexer;

/// <summary>Opens the collection, keeps every library in step with it, and opens it anew when it was away.</summary>
internal sealed class IndexWorker(
    ImageSearchHome home,
    IReadOnlyList<WorkedLibrary> libraries,
    WorkerOptions options,
    WorkerState state,
    TimeProvider time,
    Random random,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : BackgroundService
{
    private const string Reporter = "worker";

    private readonly ILogger _logger = loggers.CreateLogger<IndexWorker>();

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        state.Report(Reporter, Dependency.Collection, "It has not been opened yet.", TimeSpan.Zero);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is { IsCompleted: true, IsFaulted: false })
        {
            _logger.WorkerStopped();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var backoff = new Backoff(options.LongestPause, random);
        while (true)
        {
            try
            {
                await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, stoppingToken);
                foreach (var dependency in state.Clear(Reporter))
                {
                    _logger.There(dependency);
                }

                await RunAsync(collection, backoff, stoppingToken);
            }
            catch (Exception failure) when (Dependency.Of(failure, Reporter) == Dependency.Collection)
            {
                var pause = backoff.Next(least: null);
                foreach (var library in libraries)
                {
                    state.Enter(library.Name, LibraryPhase.Waiting);
                }

                state.Report(Reporter, Dependency.Collection, failure.Message, pause);
                _logger.Away(Dependency.Collection, Reporter, failure.Message, pause.TotalSeconds);
                await Task.Delay(pause, time, stoppingToken);
            }
        }
    }

    /// <summary>Works on all libraries; when the collection fails one, the others write what they have and stop too.</summary>
    private async Task RunAsync(IImageCollection collection, Backoff collectionBackoff, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(libraries.Select(async library =>
        {
            try
            {
                var work = new LibraryWork(home, library, state, collectionBackoff, new Backoff(options.LongestPause, random), time, loggers);
                await work.RunAsync(collection, stop.Token);
            }
            finally
            {
                await stop.CancelAsync();
            }
        }));
    }

    /// <summary>Waits until health is answered, so that an address that is taken ends the worker before it has begun.</summary>
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }
}
