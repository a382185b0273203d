using ImageSearch.Settings;

namespace ImageSearch.Server.Pictures;

/// <summary>The settings of pictures.</summary>
internal static class PictureSettings
{
    private const long Mebibyte = 1 << 20;
    private const long MostMebibytes = 1 << 20;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> Of(PictureOptions options) =>
    [
        Setting.Switch("Server:ServePlaces", "Whether the places where pictures were taken are told, and left in the pictures that are served.",
            () => options.ServePlaces, value => options.ServePlaces = value),
        Setting.Whole("Server:CacheMebibytes", "Most disk space for thumbnails and other made pictures, in MiB; the oldest go first.", 1, MostMebibytes,
            () => options.CacheBytes / Mebibyte, value => options.CacheBytes = value * Mebibyte),
        Setting.Whole("Server:UploadMebibytes", "Most disk space for uploaded pictures, which are kept for a day, in MiB; the oldest go first.", 1, MostMebibytes,
            () => options.UploadBytes / Mebibyte, value => options.UploadBytes = value * Mebibyte),
        Setting.Switch("Server:FetchUrls", "Whether pictures to search by are fetched from addresses that clients name; only ever from public ones.",
            () => options.FetchUrls, value => options.FetchUrls = value),
    ];
}
