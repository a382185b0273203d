using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Server.Pictures;

/// <summary>
/// Fetches pictures from the open internet and from nowhere else: a name is resolved here, every address of it must be public, and the
/// connection goes to the address that was checked, so that a name that changes its mind gains nothing. Redirects are followed by
/// hand, each checked like the first address. No proxy, no cookies, no credentials.
/// </summary>
internal sealed class RemotePictures : IDisposable
{
    private const int MostRedirects = 3;
    private const int LongestAddress = 2048;
    private const int LongestHeadersKibibytes = 16;
    private const string Refusal = "The address cannot be fetched: it does not lead to the open internet.";

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);

    private readonly RemoteNetwork _network;
    private readonly long _maxBytes;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <summary>Fetches over a network.</summary>
    /// <param name="network">Resolves and connects.</param>
    /// <param name="maxBytes">Most bytes of a picture.</param>
    /// <param name="limit">Longest time from the first address to the last byte.</param>
    /// <param name="time">The clock.</param>
    public RemotePictures(RemoteNetwork network, long maxBytes, TimeSpan limit, TimeProvider time)
    {
        (_network, _maxBytes, _limit, _time) = (network, maxBytes, limit, time);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = LongestHeadersKibibytes,
            ConnectTimeout = ConnectTime,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Accept.ParseAdd("image/*");
    }

    /// <summary>The bytes at an address.</summary>
    /// <exception cref="BadHttpRequestException">The address may not be fetched, does not answer with a picture, or too long or slowly.</exception>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(string address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FollowAsync(address, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused($"The address took longer than {_limit.TotalSeconds:0} seconds, or than {ConnectTime.TotalSeconds:0} to be connected to.");
        }
        catch (HttpRequestException failure) when (failure.InnerException is BadHttpRequestException refusal)
        {
            throw new BadHttpRequestException(refusal.Message, refusal.StatusCode, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or (IOException and not BadHttpRequestException))
        {
            throw Refused("The address does not answer as HTTP does, or broke off.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<ReadOnlyMemory<byte>> FollowAsync(string address, CancellationToken cancellationToken)
    {
        var url = Check(address.Length <= LongestAddress && Uri.TryCreate(address, UriKind.Absolute, out var given) ? given : null);
        for (var redirects = 0; ; redirects++)
        {
            using var answer = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location)
            {
                url = redirects < MostRedirects
                    ? Check(Uri.TryCreate(url, location, out var next) ? next : null)
                    : throw Refused($"The address leads on more than {MostRedirects} times.");
                continue;
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw Refused($"The address answers with status {(int)answer.StatusCode}.");
            }

            if (answer.Content.Headers.ContentLength > _maxBytes)
            {
                throw Refused($"What is at the address has more than {_maxBytes:N0} bytes, which is the limit for a picture.");
            }

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await UploadBody.ReadAsync(body, answer.Content.Headers.ContentLength, _maxBytes, cancellationToken);
        }
    }

    private static Uri Check(Uri? url) =>
        url is { Scheme: "http" or "https", Port: 80 or 443, UserInfo: "" } && url.IdnHost.Length > 0 && (!IsAddress(url, out var address) || PublicAddresses.Contains(address))
            ? url
            : throw Refused("The address cannot be fetched: it must be http or https, on port 80 or 443, without a user, and lead to the open internet.");

    private static bool IsAddress(Uri url, out IPAddress address) => IPAddress.TryParse(url.DnsSafeHost, out address!);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await ResolveAsync(host, cancellationToken);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, PublicAddresses.Contains))
        {
            throw Refused(Refusal);
        }

        SocketException? unreachable = null;
        foreach (var candidate in addresses)
        {
            try
            {
                return await _network.ConnectAsync(new IPEndPoint(candidate, context.DnsEndPoint.Port), cancellationToken);
            }
            catch (SocketException failure)
            {
                unreachable = failure;
            }
        }

        throw Refused("The address cannot be connected to.", unreachable);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await _network.ResolveAsync(host, cancellationToken);
        }
        catch (SocketException failure)
        {
            throw Refused(Refusal, failure);
        }
    }

    private static BadHttpRequestException Refused(string message, Exception? failure = null) =>
        failure is null ? new BadHttpRequestException(message) : new BadHttpRequestException(message, StatusCodes.Status400BadRequest, failure);
}
