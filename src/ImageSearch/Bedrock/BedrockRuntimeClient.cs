using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>
/// A client of Amazon Bedrock Runtime on AWSSDK.Core, with the operations, types and members of the official package under the same
/// names, so that the package can take its place. Thread safe; make one and keep it.
/// </summary>
/// <remarks>
/// A Bedrock API key in <c>AWS_BEARER_TOKEN_BEDROCK</c> goes before any other credentials, also before those given to the constructor:
/// so the Core decides. It is sent over HTTPS only.
/// </remarks>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html"/>
internal sealed class BedrockRuntimeClient : BedrockServiceClient
{
    private readonly BedrockRuntimeConfig _config;

    /// <summary>A client with the credentials that the usual chain of AWS finds.</summary>
    public BedrockRuntimeClient(BedrockRuntimeConfig config)
        : base(config, new BedrockMarshaller(config)) => _config = config;

    /// <summary>A client with given credentials.</summary>
    public BedrockRuntimeClient(AWSCredentials credentials, BedrockRuntimeConfig config)
        : base(credentials, config, new BedrockMarshaller(config)) => _config = config;

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new BedrockServiceMetadata("Bedrock Runtime");

    /// <summary>Runs a model on a body of the model's own shape.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<InvokeModelResponse> InvokeModelAsync(InvokeModelRequest request, CancellationToken cancellationToken) =>
        new(await SendAsync(request, isStream: false, cancellationToken));

    /// <summary>Runs a model on a body of the model's own shape, with the answer in chunks.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached; reading the stream throws it too.</exception>
    public async Task<InvokeModelWithResponseStreamResponse> InvokeModelWithResponseStreamAsync(
        InvokeModelWithResponseStreamRequest request, CancellationToken cancellationToken) =>
        new(await SendAsync(request, isStream: true, cancellationToken), _config);

    /// <summary>Talks to a model; the answer comes whole.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<ConverseResponse> ConverseAsync(ConverseRequest request, CancellationToken cancellationToken) =>
        Parse(await SendAsync(request, isStream: false, cancellationToken), BedrockJson.Default.ConverseResponse);

    /// <summary>Talks to a model; the answer comes as events.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached; reading the stream throws it too.</exception>
    public async Task<ConverseStreamResponse> ConverseStreamAsync(ConverseStreamRequest request, CancellationToken cancellationToken) =>
        new(await SendAsync(request, isStream: true, cancellationToken), _config);

    /// <summary>Holds content against a guardrail.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<ApplyGuardrailResponse> ApplyGuardrailAsync(ApplyGuardrailRequest request, CancellationToken cancellationToken) =>
        Parse(await SendAsync(request, isStream: false, cancellationToken), BedrockJson.Default.ApplyGuardrailResponse);

    /// <summary>Counts the tokens of a request without running the model.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    public async Task<CountTokensResponse> CountTokensAsync(CountTokensRequest request, CancellationToken cancellationToken) =>
        Parse(await SendAsync(request, isStream: false, cancellationToken), BedrockJson.Default.CountTokensResponse);
}
