using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Server.Safety;

/// <summary>Who counts as one client: an IPv4 address, or the network of 64 bits that one household has in IPv6.</summary>
internal static class ClientName
{
    private const int NetworkBytes = 8;

    /// <summary>The name of the client of a request.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The name of the client at an address.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
