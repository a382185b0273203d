using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Server.Pictures;

/// <summary>The two things that fetching needs of the network.</summary>
/// <param name="ResolveAsync">The addresses of a host's name.</param>
/// <param name="ConnectAsync">A connection to an address.</param>
internal sealed record RemoteNetwork(
    Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync, Func<IPEndPoint, CancellationToken, Task<Stream>> ConnectAsync)
{
    /// <summary>That of this machine.</summary>
    public static RemoteNetwork System { get; } = new(Dns.GetHostAddressesAsync, ConnectSocketAsync);

    private static async Task<Stream> ConnectSocketAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
