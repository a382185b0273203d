using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace ImageSearch.Bedrock;

/// <summary>
/// How a client of one of Bedrock's services reaches it. What is not set here comes from the usual places of AWS: environment variables
/// (<c>AWS_REGION</c>, <c>AWS_BEARER_TOKEN_BEDROCK</c>, …), then the profile.
/// </summary>
internal abstract class BedrockServiceConfig : ClientConfig
{
    /// <param name="serviceId">The Core finds the endpoint's variable by it: <c>AWS_ENDPOINT_URL_BEDROCK_RUNTIME</c> of "Bedrock Runtime".</param>
    /// <param name="endpointPrefix">What the service's host begins with.</param>
    protected BedrockServiceConfig(string serviceId, string endpointPrefix)
        : base(new DefaultConfigurationProvider([StandardDefaults()]))
    {
        ServiceId = serviceId;
        RegionEndpointServiceName = endpointPrefix;
        UserAgent = Amazon.Util.Internal.InternalSDKUtils.BuildUserAgentString(serviceId, "4.0");
        // The Core finds AWS_BEARER_TOKEN_BEDROCK by this name.
        AuthenticationServiceName = "bedrock";
        EndpointProvider = new BedrockEndpointProvider(endpointPrefix);
        HttpClientFactory = new BedrockHttpClientFactory(this);
        ConnectTimeout = TimeSpan.FromSeconds(10);
        // The connection pool itself sends again what met a connection that had gone stale. The Core would repeat every reset ten times at
        // once, besides its retries, also in the middle of an answer that is paid for.
        MaxStaleConnectionRetries = 0;
    }

    /// <summary>
    /// False where the caller tries again what may succeed later: throttles, failures and broken connections then come through at the
    /// first attempt. The default is true, the standard three attempts.
    /// </summary>
    public bool RetriesFailures { get; init; } = true;

    /// <summary>Longest wait before a retry; the default is the standard 20 seconds.</summary>
    public TimeSpan MaxRetryWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>True to speak HTTP/2, which needs one or two connections where HTTP/1.1 needs as many as calls are in flight.</summary>
    public bool UseHttp2 { get; init; }

    /// <summary>Called once with the handler that opens the connections, for example to trust another certificate.</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; init; }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName { get; }

    /// <inheritdoc/>
    public override string UserAgent { get; }

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(BedrockEndpointParameters.From(this, parameters.AlternateEndpoint));

    /// <inheritdoc/>
    /// <exception cref="BedrockException">No region is known.</exception>
    public override void Validate()
    {
        if (RegionEndpoint is null && ServiceURL is null)
        {
            throw new BedrockException("No AWS region is set: set AWS_REGION, for example to us-east-1, or a region in the profile.");
        }
    }

    private static DefaultConfiguration StandardDefaults() => new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
    };
}
