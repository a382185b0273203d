using ImageSearch.Metrics;
using ImageSearch.Server.Health;
using ImageSearch.Server.Libraries;
using ImageSearch.Server.OpenApi;
using ImageSearch.Server.Page;
using ImageSearch.Server.Pictures;
using ImageSearch.Server.Problems;
using ImageSearch.Server.Questions;
using ImageSearch.Server.Safety;
using ImageSearch.Server.Search;
using ImageSearch.Server.Settings;
using ImageSearch.Server.Vision;
using ImageSearch.Settings;

namespace ImageSearch.Server;

/// <summary>Puts the server together.</summary>
internal static class ServerHost
{
    // What is left for closing files when runs have written what is finished.
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);

    /// <summary>The server with everything in it; nothing is opened before it runs.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
    /// <exception cref="SettingException">Keys cannot be read, or the address asks for one that is not there.</exception>
    public static WebApplication Build(ServerOptions options, ImageSearchHome home)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Listen);
        builder.Logging.ClearProviders().AddJsonConsole(console => (console.TimestampFormat, console.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true)).AddFilter("Microsoft", LogLevel.Warning);
        // Asked for now, so that a model without such vectors ends the server before it begins.
        var collection = home.CollectionName;
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Search.Indexing.DrainTimeLimit + ClosingTime)
            .Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton(home)
            .AddSingleton<QueryPictures>()
            .AddSingleton<ServedCollection>()
            .AddSingleton<SearchPlans>()
            .AddSingleton<SearchPages>()
            .AddSingleton<VisionPermission>()
            .AddSingleton<JudgedPages>()
            .AddSingleton<CaptionRuns>()
            .AddLibraries()
            .AddQuestions()
            .AddApiDocument()
            .AddProblems()
            .AddSafety(options)
            .AddPictures(options)
            .AddServerMetrics(home, builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])
            .ConfigureHttpJsonOptions(json => ServerJson.Configure(json.SerializerOptions));
        var app = builder.Build();
        app.UseTrustedProxies(options.Safety);
        app.UseSecurityHeaders();
        app.UseProblems();
        app.Services.GetRequiredService<HostCheck>().Use(app);
        app.Use(new PageFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot")).AnswerAsync);
        app.UseRouting();
        app.UseSafety();
        MapApi(app.MapGroup("/api"), options);
        app.MapApiDocument();
        app.MapHealth();
        _ = app.Services.GetRequiredService<ProgramMetrics>().Map(app).IsFree();
        app.Lifetime.ApplicationStarted.Register(() =>
            app.Services.GetRequiredService<ILogger<ServedCollection>>().ServerStarted(collection, string.Join(", ", app.Urls)));
        return app;
    }

    private static void MapApi(RouteGroupBuilder api, ServerOptions options)
    {
        api.MapSearch();
        api.MapFacets();
        api.MapQuestions();
        api.MapVision();
        api.MapLibraries();
        api.MapPictures();
        api.MapUploads(options.Search.Limits);
        api.MapSession();
    }
}
