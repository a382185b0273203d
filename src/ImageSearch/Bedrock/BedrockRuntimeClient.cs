using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
internal sealed class BedrockRuntimeClient : AmazonServiceClient
{
    private readonly BedrockRuntimeConfig _config;
    private readonly BedrockMarshaller _marshaller;

    /// <summary>A client with the credentials that the usual chain of AWS finds.</summary>
    public BedrockRuntimeClient(BedrockRuntimeConfig config)
        : base(config) => (_config, _marshaller) = (config, new BedrockMarshaller(config));

    /// <summary>A client with given credentials.</summary>
    public BedrockRuntimeClient(AWSCredentials credentials, BedrockRuntimeConfig config)
        : base(credentials, config) => (_config, _marshaller) = (config, new BedrockMarshaller(config));

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new BedrockServiceMetadata();

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

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new BedrockRetryPolicy((BedrockRuntimeConfig)Config)));
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new BedrockEndpointResolver());
        pipeline.AddHandlerAfter<RetryHandler>(new BedrockAuthResolver());
    }

    private async Task<BedrockAnswer> SendAsync(AmazonWebServiceRequest request, bool isStream, CancellationToken cancellationToken)
    {
        var options = new InvokeOptions { RequestMarshaller = _marshaller, ResponseUnmarshaller = new BedrockUnmarshaller(isStream) };
        try
        {
            return await InvokeAsync<BedrockAnswer>(request, options, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
        {
            throw Unreachable(exception);
        }
        catch (AmazonClientException exception)
        {
            throw new BedrockException(exception.Message, exception);
        }
    }

    private BedrockException Unreachable(Exception exception) => new(
        exception is TimeoutException or OperationCanceledException
            ? $"{Endpoint} did not answer within {(Config.Timeout ?? BedrockHttpClientFactory.DefaultTimeout).TotalSeconds:0.#} seconds."
            : $"{Endpoint} could not be reached, or broke off its answer: {exception.Message}",
        exception)
    {
        IsTransient = true,
    };

    private string Endpoint => Config.ServiceURL ?? $"Amazon Bedrock in {Config.RegionEndpoint?.SystemName}";

    private static T Parse<T>(BedrockAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException exception)
        {
            throw new BedrockException("The answer is not the JSON that it should be; it may have been cut off.", exception)
            {
                StatusCode = answer.HttpStatusCode,
                RequestId = answer.RequestId,
                IsTransient = true,
            };
        }
    }
}

/// <summary>How the Core names this service.</summary>
internal sealed class BedrockServiceMetadata : IServiceMetadata
{
    public string ServiceId => "Bedrock Runtime";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
