using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace ImageSearch.Bedrock;

/// <summary>What the clients of Bedrock's services share: how a request goes through the Core's pipeline, and how its failures are told.</summary>
internal abstract class BedrockServiceClient : AmazonServiceClient
{
    private readonly IMarshaller<IRequest, AmazonWebServiceRequest> _marshaller;

    protected BedrockServiceClient(BedrockServiceConfig config, IMarshaller<IRequest, AmazonWebServiceRequest> marshaller)
        : base(config) => _marshaller = marshaller;

    protected BedrockServiceClient(AWSCredentials credentials, BedrockServiceConfig config, IMarshaller<IRequest, AmazonWebServiceRequest> marshaller)
        : base(credentials, config) => _marshaller = marshaller;

    private string Endpoint => Config.ServiceURL ?? $"Amazon {ServiceMetadata.ServiceId} in {Config.RegionEndpoint?.SystemName}";

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new BedrockRetryPolicy((BedrockServiceConfig)Config)));
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new BedrockEndpointResolver());
        pipeline.AddHandlerAfter<RetryHandler>(new BedrockAuthResolver());
    }

    /// <summary>Sends a request; every failure but a cancellation is a <see cref="BedrockException"/>.</summary>
    /// <exception cref="BedrockException">The service refused, or could not be reached.</exception>
    protected async Task<BedrockAnswer> SendAsync(AmazonWebServiceRequest request, bool isStream, CancellationToken cancellationToken)
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

    /// <summary>Reads an answer that is JSON.</summary>
    /// <exception cref="BedrockException">It is not the JSON that it should be.</exception>
    protected static T Parse<T>(BedrockAnswer answer, JsonTypeInfo<T> type)
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

    private BedrockException Unreachable(Exception exception) => new(
        exception is TimeoutException or OperationCanceledException
            ? $"{Endpoint} did not answer within {(Config.Timeout ?? BedrockHttpClientFactory.DefaultTimeout).TotalSeconds:0.#} seconds."
            : $"{Endpoint} could not be reached, or broke off its answer: {exception.Message}",
        exception)
    {
        IsTransient = true,
    };
}

/// <summary>How the Core names a service.</summary>
internal sealed class BedrockServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
