using ImageSearch.Settings;

namespace ImageSearch.Server.Safety;

/// <summary>The settings of who may ask, and how much.</summary>
internal static class SafetySettings
{
    private const string Machine = "depends on the machine";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> Of(SafetyOptions options) =>
    [
        Setting.Secret("Server:ReadKey", "Key to search and look; several with commas between them.", () => options.ReadKey, value => options.ReadKey = value),
        Setting.Text("Server:ReadKeyFile", "File with keys to search and look, one a line.", () => options.ReadKeyFile, value => options.ReadKeyFile = value),
        Setting.Secret("Server:WriteKey", "Key to do everything; several with commas between them.", () => options.WriteKey, value => options.WriteKey = value),
        Setting.Text("Server:WriteKeyFile", "File with keys to do everything, one a line.", () => options.WriteKeyFile, value => options.WriteKeyFile = value),
        Setting.Choice("Server:Anonymous", "What those may do who give no key. Auto: everything where no key is set and only this machine can connect, else nothing.",
            typeof(AnonymousAccess), () => options.Anonymous, value => options.Anonymous = (AnonymousAccess)value),
        Setting.Text("Server:AllowedHosts", "Names by which clients may ask for the server, with commas between them; where only this machine can connect, its own names are allowed always.",
            () => options.AllowedHosts, value => options.AllowedHosts = value),
        Setting.Text("Server:AllowedOrigins", "Origins of other pages that may use the API, for example https://example.org, with commas between them.",
            () => options.AllowedOrigins, value => options.AllowedOrigins = value),
        new Setting("Server:TrustedProxies", "Proxies in front of the server that say by X-Forwarded-For and X-Forwarded-Proto who asks; without, the proxy counts as one client.",
            "addresses or networks with commas between them", () => options.TrustedProxies, text => options.TrustedProxies = TrustedProxies.AreNetworks(text) ? text : throw new FormatException()),
        Setting.Whole("Server:RequestsPerSecond", "Most requests a second of one client; it may save up two seconds' worth.", 1, 1_000_000,
            () => options.RequestsPerSecond, value => options.RequestsPerSecond = (int)value),
        Setting.Whole("Server:RequestsAtOnce", "Most requests that are worked on at once; by default four for each processor, at least eight.", 1, 10_000,
            () => options.RequestsAtOnce, value => options.RequestsAtOnce = (int)value) with { Default = Machine },
        Setting.Whole("Server:DeadlineSeconds", "Longest time for a request, in seconds; pictures that come or go have longer.", 1, 3_600,
            () => (long)options.Deadline.TotalSeconds, value => options.Deadline = TimeSpan.FromSeconds(value)),
    ];
}
