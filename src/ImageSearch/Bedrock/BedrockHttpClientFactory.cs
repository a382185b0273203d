using System.Net;
using Amazon.Runtime;

namespace ImageSearch.Bedrock;

/// <summary>Makes the one <see cref="HttpClient"/> of a service client.</summary>
internal sealed class BedrockHttpClientFactory(BedrockServiceConfig config) : HttpClientFactory
{
    /// <summary>The wait for an answer's headers when the configuration does not say one.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = clientConfig.ConnectTimeout ?? Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = true,
            // Addresses of the service change: a connection that lives for ever would not see it.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Leaving a stream early must end the connection: draining it would let the model run on, and be paid.
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        if (clientConfig.GetWebProxy() is { } proxy)
        {
            handler.Proxy = proxy;
        }

        if (clientConfig.MaxConnectionsPerServer is { } connections)
        {
            handler.MaxConnectionsPerServer = connections;
        }

        config.ConfigureHandler?.Invoke(handler);
        return new HttpClient(new WholeAnswerHandler(handler, config.UseHttp2)) { Timeout = clientConfig.Timeout ?? DefaultTimeout };
    }
}

/// <summary>
/// Reads every answer that is no event stream to its end before the Core sees it. The Core would read it later, blocking a thread,
/// beyond the time-out and beyond its retries; here a cut or dripping answer is an error of the call itself.
/// </summary>
internal sealed class WholeAnswerHandler(HttpMessageHandler inner, bool useHttp2) : DelegatingHandler(inner)
{
    private const int MaxAnswerBytes = 64 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (useHttp2)
        {
            // Without the exact policy a clear-text endpoint would be spoken to in HTTP/1.1.
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == EventStreamReader.MediaType)
        {
            return response;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
