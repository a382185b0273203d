using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>
/// A client of Amazon Bedrock's control plane on AWSSDK.Core, as far as batch inference needs it, with the operations, types and members
/// of the official package under the same names, so that the package can take its place. Thread safe; make one and keep it.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock.html"/>
internal sealed class BedrockClient : BedrockServiceClient
{
    /// <summary>A client with the credentials that the usual chain of AWS finds.</summary>
    public BedrockClient(BedrockConfig config)
        : base(config, new BedrockControlMarshaller(config))
    {
    }

    /// <summary>A client with given credentials.</summary>
    public BedrockClient(AWSCredentials credentials, BedrockConfig config)
        : base(credentials, config, new BedrockControlMarshaller(config))
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new BedrockServiceMetadata("Bedrock");

    /// <summary>Submits a job that runs a model over the records of a file in S3.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<CreateModelInvocationJobResponse> CreateModelInvocationJobAsync(
        CreateModelInvocationJobRequest request, CancellationToken cancellationToken) =>
        Parse(await SendAsync(request, isStream: false, cancellationToken), BedrockJson.Default.CreateModelInvocationJobResponse);

    /// <summary>Says how far a job is.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<GetModelInvocationJobResponse> GetModelInvocationJobAsync(
        GetModelInvocationJobRequest request, CancellationToken cancellationToken) =>
        Parse(await SendAsync(request, isStream: false, cancellationToken), BedrockJson.Default.GetModelInvocationJobResponse);

    /// <summary>Asks for the end of a job; what it has done until then is paid, and kept.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task StopModelInvocationJobAsync(StopModelInvocationJobRequest request, CancellationToken cancellationToken) =>
        _ = await SendAsync(request, isStream: false, cancellationToken);

    /// <summary>Lists jobs, the newest first, a page at a time.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<ListModelInvocationJobsResponse> ListModelInvocationJobsAsync(
        ListModelInvocationJobsRequest request, CancellationToken cancellationToken) =>
        Parse(await SendAsync(request, isStream: false, cancellationToken), BedrockJson.Default.ListModelInvocationJobsResponse);
}
