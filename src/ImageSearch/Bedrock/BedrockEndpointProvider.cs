using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace ImageSearch.Bedrock;

/// <summary>Chooses the host, by the rules of the services' endpoint rule sets.</summary>
/// <param name="prefix">What the service's host begins with: bedrock or bedrock-runtime.</param>
internal sealed class BedrockEndpointProvider(string prefix) : IEndpointProvider
{
    /// <exception cref="AmazonClientException">Settings that exclude each other.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var (region, serviceUrl, fips, dualStack) = (BedrockEndpointParameters)parameters;
        if (serviceUrl is not null)
        {
            return (fips, dualStack) switch
            {
                (true, _) => throw new AmazonClientException($"FIPS cannot be combined with the endpoint {serviceUrl}: unset AWS_USE_FIPS_ENDPOINT or the endpoint"),
                (_, true) => throw new AmazonClientException($"Dual-stack cannot be combined with the endpoint {serviceUrl}: unset AWS_USE_DUALSTACK_ENDPOINT or the endpoint"),
                _ => new Endpoint(serviceUrl),
            };
        }

        // Without an endpoint there is a region: the configuration is validated when the client is made.
        var partition = Fn.Partition(region!);
        return new Endpoint($"https://{prefix}{(fips ? "-fips" : "")}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}

/// <summary>What the host depends on.</summary>
internal sealed class BedrockEndpointParameters : EndpointParameters
{
    private string? Region { get; init; }

    private string? ServiceUrl { get; init; }

    private bool UseFips { get; init; }

    private bool UseDualStack { get; init; }

    public static BedrockEndpointParameters From(IClientConfig config, RegionEndpoint? alternate) => new()
    {
        Region = (alternate ?? config.RegionEndpoint)?.SystemName,
        ServiceUrl = config.ServiceURL,
        UseFips = config.UseFIPSEndpoint,
        UseDualStack = config.UseDualstackEndpoint,
    };

    public void Deconstruct(out string? region, out string? serviceUrl, out bool useFips, out bool useDualStack) =>
        (region, serviceUrl, useFips, useDualStack) = (Region, ServiceUrl, UseFips, UseDualStack);
}

/// <summary>The step of the Core's pipeline that asks <see cref="BedrockEndpointProvider"/>.</summary>
internal sealed class BedrockEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        BedrockEndpointParameters.From(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);
}

/// <summary>The step of the Core's pipeline that says how requests may be signed: by key pair or by a Bedrock API key.</summary>
internal sealed class BedrockAuthResolver : BaseAuthResolverHandler
{
    private static readonly AuthSchemeOption SigV4 = new() { SchemeId = "aws.auth#sigv4" };
    private static readonly AuthSchemeOption Bearer = new() { SchemeId = "smithy.api#httpBearerAuth" };

    // The Core prefers the API key where AWS_BEARER_TOKEN_BEDROCK holds one. Offered without one, it would only hide why the
    // credentials were not found behind a missing key.
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        executionContext.RequestContext.ClientConfig.AuthSchemePreference is { Count: > 0 } ? [SigV4, Bearer] : [SigV4];
}
