using ImageSearch.Server.Libraries;
using ImageSearch.Server.OpenApi;
using ImageSearch.Server.Problems;
using ImageSearch.Server.Search;
using ImageSearch.Server.Settings;
using Microsoft.Extensions.FileProviders;

namespace ImageSearch.Server;

/// <summary>Puts the server together.</summary>
internal static class ServerHost
{
    // What is left for closing files when runs have written what is finished.
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);

    /// <summary>The server with everything in it; nothing is opened before it runs.</summary>
    /// <exception cref="EmbeddingException">The provider has no vectors of the dimension asked for.</exception>
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
            .AddSingleton<ServedCollection>()
            .AddSingleton<SearchPages>()
            .AddLibraries()
            .AddApiDocument()
            .AddProblems()
            .ConfigureHttpJsonOptions(json => ServerJson.Configure(json.SerializerOptions));
        var app = builder.Build();
        app.UseProblems();
        app.UsePage();
        var api = app.MapGroup("/api");
        api.MapSearch();
        api.MapFacets();
        api.MapLibraries();
        app.MapApiDocument();
        app.Lifetime.ApplicationStarted.Register(() =>
            app.Services.GetRequiredService<ILogger<ServedCollection>>().ServerStarted(collection, string.Join(", ", app.Urls)));
        return app;
    }

    private static void UsePage(this WebApplication app)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
    }
}
