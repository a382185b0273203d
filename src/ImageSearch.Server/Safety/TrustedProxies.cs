using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ImageSearch.Server.Safety;

/// <summary>The proxies in front of the server whose word counts for who a client is.</summary>
internal static class TrustedProxies
{
    /// <summary>Whether a text names addresses and networks, with commas between them.</summary>
    public static bool AreNetworks(string text) => Array.TrueForAll(Names.Of(text), name => NetworkOf(name) is not null);

    /// <summary>
    /// From here on a request's client is the last one before the trusted proxies by <c>X-Forwarded-For</c>, and came over TLS where
    /// <c>X-Forwarded-Proto</c> says so. What anybody else says of either is not read.
    /// </summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, SafetyOptions options)
    {
        var networks = Names.Of(options.TrustedProxies).Select(NetworkOf).OfType<IPNetwork>().ToList();
        if (networks.Count == 0)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
    }

    private static IPNetwork? NetworkOf(string name) =>
        IPAddress.TryParse(name, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(name, out var network) ? network
        : null;
}
