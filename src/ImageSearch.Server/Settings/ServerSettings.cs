using ImageSearch.Server.Pictures;
using ImageSearch.Server.Safety;
using ImageSearch.Settings;

namespace ImageSearch.Server.Settings;

/// <summary>Every setting of the server: the library's, and its own.</summary>
internal static class ServerSettings
{
    /// <summary>Key of the address.</summary>
    public const string Listen = "Server:Listen";

    /// <summary>Key of whether a model is asked.</summary>
    public const string Vision = "Server:Vision";

    /// <summary>All settings of the options.</summary>
    public static IReadOnlyList<Setting> Of(ServerOptions options) => [.. ImageSearchSettings.Of(options.Search), .. Own(options)];

    /// <summary>The server's own.</summary>
    public static IReadOnlyList<Setting> Own(ServerOptions options) =>
    [
        new Setting(Listen, "Address where the page and the API are answered; port 0 takes a free one.", "http://HOST:PORT",
            () => options.Listen, text => options.Listen = IsAddress(text) ? text : throw new FormatException()),
        Setting.Switch(Vision, "Whether readers of the page and clients of the API may have a model look at pictures, which costs money.",
            () => options.Vision, value => options.Vision = value),
        .. SafetySettings.Of(options.Safety),
        .. PictureSettings.Of(options.Pictures),
    ];

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http", AbsolutePath: "/", Query: "" };
}
