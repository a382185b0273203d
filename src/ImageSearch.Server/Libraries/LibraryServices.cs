namespace ImageSearch.Server.Libraries;

/// <summary>What runs and their events are made of.</summary>
internal static class LibraryServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddLibraries(this IServiceCollection services) => services
        .AddSingleton<LibraryLedgers>()
        .AddSingleton<ServerEvents>()
        .AddSingleton<EventStream>()
        .AddSingleton<IndexRuns>()
        .AddHostedService(provider => provider.GetRequiredService<IndexRuns>())
        .AddSingleton<CollectionWatch>()
        .AddHostedService(provider => provider.GetRequiredService<CollectionWatch>());
}
