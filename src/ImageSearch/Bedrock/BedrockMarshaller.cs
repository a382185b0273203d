using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>Turns a request into what goes over the wire.</summary>
internal sealed class BedrockMarshaller(BedrockRuntimeConfig config) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "ImageSearch.Bedrock") { HttpMethod = "POST" };
        request.Headers["x-amz-api-version"] = config.ServiceVersion;
        request.Headers["Accept"] = "application/json";
        request.Headers["Content-Type"] = "application/json";

        switch (input)
        {
            case InvokeModelWithResponseStreamRequest invoke:
                WriteInvoke(request, invoke, "invoke-with-response-stream", "X-Amzn-Bedrock-Accept");
                break;
            case InvokeModelRequest invoke:
                WriteInvoke(request, invoke, "invoke", "Accept");
                break;
            case ConverseStreamRequest converse:
                ToModel(request, converse.ModelId, "converse-stream");
                WriteJson(request, converse, BedrockJson.Default.ConverseRequest);
                break;
            case ConverseRequest converse:
                ToModel(request, converse.ModelId, "converse");
                WriteJson(request, converse, BedrockJson.Default.ConverseRequest);
                break;
            case CountTokensRequest count:
                ToModel(request, count.ModelId, "count-tokens");
                WriteJson(request, count, BedrockJson.Default.CountTokensRequest);
                break;
            case ApplyGuardrailRequest apply:
                ArgumentException.ThrowIfNullOrEmpty(apply.GuardrailIdentifier);
                ArgumentException.ThrowIfNullOrEmpty(apply.GuardrailVersion);
                request.ResourcePath = "/guardrail/{guardrailIdentifier}/version/{guardrailVersion}/apply";
                request.AddPathResource("{guardrailIdentifier}", apply.GuardrailIdentifier);
                request.AddPathResource("{guardrailVersion}", apply.GuardrailVersion);
                WriteJson(request, apply, BedrockJson.Default.ApplyGuardrailRequest);
                break;
            default:
                throw new NotSupportedException($"{input.GetType().Name} is no request of Bedrock Runtime");
        }

        return request;
    }

    private static void ToModel(DefaultRequest request, string modelId, string action)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        request.ResourcePath = $"/model/{{modelId}}/{action}";
        // The Core percent-encodes the value: ids hold ':' and ARNs hold '/'.
        request.AddPathResource("{modelId}", modelId);
    }

    private static void WriteInvoke(DefaultRequest request, InvokeModelRequest invoke, string action, string acceptHeader)
    {
        ToModel(request, invoke.ModelId, action);
        request.Headers[acceptHeader] = invoke.Accept;
        request.Headers["Content-Type"] = invoke.ContentType;
        SetHeader(request, "X-Amzn-Bedrock-Trace", invoke.Trace);
        SetHeader(request, "X-Amzn-Bedrock-GuardrailIdentifier", invoke.GuardrailIdentifier);
        SetHeader(request, "X-Amzn-Bedrock-GuardrailVersion", invoke.GuardrailVersion);
        SetHeader(request, "X-Amzn-Bedrock-PerformanceConfig-Latency", invoke.PerformanceConfigLatency);
        SetHeader(request, "X-Amzn-Bedrock-Service-Tier", invoke.ServiceTier);
        SetBody(request, invoke.Body);
    }

    private static void WriteJson<T>(DefaultRequest request, T value, JsonTypeInfo<T> type) =>
        SetBody(request, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type)));

    private static void SetBody(DefaultRequest request, MemoryStream body)
    {
        request.ContentStream = body;
        request.Headers["Content-Length"] = body.Length.ToString(CultureInfo.InvariantCulture);
    }

    private static void SetHeader(DefaultRequest request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers[name] = value;
        }
    }
}
