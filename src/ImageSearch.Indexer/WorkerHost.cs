using ImageSearch.Indexer.Health;
using ImageSearch.Indexer.Settings;
using ImageSearch.Indexer.Systemd;
using ImageSearch.Metrics;

namespace ImageSearch.Indexer;

/// <summary>Puts the worker together.</summary>
internal static class WorkerHost
{
    // What is left for closing files when the pipelines have drained.
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);

    /// <summary>The host with everything in it; nothing is opened before it runs.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    public static WebApplication Build(WorkerOptions options, ImageSearchHome home, IReadOnlyList<WorkedLibrary> libraries)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Listen);
        builder.Logging.ClearProviders().AddJsonConsole(console => (console.TimestampFormat, console.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true)).AddFilter("Microsoft", LogLevel.Warning);
        // Asked for now, so that a model without such vectors ends the worker before it begins.
        var collection = home.CollectionName;
        var shard = options.Search.Indexing.Shard.ToString();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Search.Indexing.DrainTimeLimit + ClosingTime)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Random())
            .AddSingleton(options)
            .AddSingleton(home)
            .AddSingleton(libraries)
            .AddSingleton<WorkerState>()
            .AddSingleton(services => new ProgramMetrics(
                "imagesearch-indexer",
                [new("imagesearch.shard", shard)],
                meters: [],
                home,
                () => services.GetRequiredService<WorkerState>().Troubles.Select(trouble => trouble.Dependency),
                builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            .AddSingleton<IndexWorker>()
            .AddHostedService(services => services.GetRequiredService<IndexWorker>())
            .AddHostedService<SystemdNotifier>();
        var app = builder.Build();
        app.MapHealth(app.Services.GetRequiredService<WorkerState>(), shard);
        _ = app.Services.GetRequiredService<ProgramMetrics>().Map(app);
        app.Lifetime.ApplicationStarted.Register(() =>
            app.Services.GetRequiredService<ILogger<IndexWorker>>().WorkerStarted(shard, libraries.Count, collection, string.Join(", ", app.Urls)));
        return app;
    }
}
