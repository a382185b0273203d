using System.Net;
using ImageSearch.Settings;

namespace ImageSearch.Server.Safety;

/// <summary>Where the server listens, and what that means for who may ask.</summary>
internal static class ListenAddress
{
    /// <summary>Whether only this machine can connect.</summary>
    public static bool IsLoopback(string listen)
    {
        var host = new Uri(listen).DnsSafeHost;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>What those may do who give no key.</summary>
    /// <exception cref="SettingException">Other machines could connect, no key is set, and nothing says that this is meant.</exception>
    public static Access AnonymousAccess(string listen, SafetyOptions options, ApiKeys keys) => options.Anonymous switch
    {
        Safety.AnonymousAccess.Nothing when keys.IsEmpty => throw new SettingException(
            "Server:Anonymous is \"nothing\" and there is no key, so that nobody could ask. Set Server:ReadKey or Server:WriteKey."),
        Safety.AnonymousAccess.Nothing => Access.Nothing,
        Safety.AnonymousAccess.Read => Access.Read,
        Safety.AnonymousAccess.Write => Access.Write,
        _ when !keys.IsEmpty => Access.Nothing,
        _ when IsLoopback(listen) => Access.Write,
        _ => throw new SettingException(
            $"Server:Listen is {listen}, where other machines can connect, and there is no key. Set Server:ReadKey and Server:WriteKey (openssl rand -hex 32 makes one), "
            + "or listen on http://127.0.0.1:8470; if everyone in reach may search, set Server:Anonymous to read."),
    };
}
