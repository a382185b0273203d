using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Server.Pictures;

/// <summary>Tells addresses of the open internet from those that lead inside: of this machine, its networks, its cloud, or nowhere.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6890">RFC 6890, special-purpose IP addresses</seealso>
internal static class PublicAddresses
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",

            // Protocol assignments with Teredo, documentation, 6to4, and the second range for documentation.
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>
    /// Whether the address is one of the open internet. IPv6 addresses are only where they are global unicast: mapped and translated
    /// IPv4, unique local, link local and multicast addresses all lie outside of that.
    /// </summary>
    public static bool Contains(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || (address.AddressFamily == AddressFamily.InterNetworkV6 && GlobalUnicast.Contains(address)))
        && !Array.Exists(Special, network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
}
