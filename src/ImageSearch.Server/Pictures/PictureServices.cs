using ImageSearch.Server.Settings;
using Microsoft.AspNetCore.Http.Json;

namespace ImageSearch.Server.Pictures;

/// <summary>Puts together what shows and takes pictures.</summary>
internal static class PictureServices
{
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(20);

    /// <summary>Adds it.</summary>
    public static IServiceCollection AddPictures(this IServiceCollection services, ServerOptions options)
    {
        var limits = options.Search.Limits;
        _ = services.AddSingleton(options.Pictures)
            .AddSingleton(limits)
            .AddSingleton<PictureFiles>()
            .AddSingleton<Renditions>()
            .AddSingleton<OriginalPictures>()
            .AddSingleton<UploadGate>()
            .AddSingleton(provider => new UploadedPictures(
                Path.Join(provider.GetRequiredService<ImageSearchHome>().Folder, "uploads"), options.Pictures.UploadBytes, limits, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new RemotePictures(RemoteNetwork.System, limits.MaxBytes, FetchTime, provider.GetRequiredService<TimeProvider>()));

        // After all that others configure, so that it covers what they add.
        return options.Pictures.ServePlaces ? services : services.PostConfigure<JsonOptions>(json => PlacePrivacy.Apply(json.SerializerOptions));
    }
}
