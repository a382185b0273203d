using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>Turns a request of the control plane into what goes over the wire.</summary>
internal sealed class BedrockControlMarshaller(BedrockConfig config) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "ImageSearch.Bedrock") { HttpMethod = "GET" };
        request.Headers["x-amz-api-version"] = config.ServiceVersion;
        request.Headers["Accept"] = "application/json";

        switch (input)
        {
            case CreateModelInvocationJobRequest create:
                request.HttpMethod = "POST";
                request.ResourcePath = "/model-invocation-job";
                request.Headers["Content-Type"] = "application/json";
                request.ContentStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(create, BedrockJson.Default.CreateModelInvocationJobRequest));
                request.Headers["Content-Length"] = request.ContentStream.Length.ToString(CultureInfo.InvariantCulture);
                break;
            case GetModelInvocationJobRequest get:
                ToJob(request, get.JobIdentifier, "");
                break;
            case StopModelInvocationJobRequest stop:
                request.HttpMethod = "POST";
                ToJob(request, stop.JobIdentifier, "/stop");
                break;
            case ListModelInvocationJobsRequest list:
                request.ResourcePath = "/model-invocation-jobs";
                WriteQuery(request, list);
                break;
            default:
                throw new NotSupportedException($"{input.GetType().Name} is no request of Bedrock's control plane");
        }

        return request;
    }

    private static void ToJob(DefaultRequest request, string jobIdentifier, string action)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobIdentifier);
        request.ResourcePath = "/model-invocation-job/{jobIdentifier}" + action;
        // The Core percent-encodes the value: ARNs hold ':' and '/'.
        request.AddPathResource("{jobIdentifier}", jobIdentifier);
    }

    private static void WriteQuery(DefaultRequest request, ListModelInvocationJobsRequest list)
    {
        request.UseQueryString = true;
        SetParameter(request, "maxResults", list.MaxResults?.ToString(CultureInfo.InvariantCulture));
        SetParameter(request, "nameContains", list.NameContains);
        SetParameter(request, "nextToken", list.NextToken);
        SetParameter(request, "sortBy", list.SortBy);
        SetParameter(request, "sortOrder", list.SortOrder);
        SetParameter(request, "statusEquals", list.StatusEquals);
        SetParameter(request, "submitTimeAfter", TimeText(list.SubmitTimeAfter));
        SetParameter(request, "submitTimeBefore", TimeText(list.SubmitTimeBefore));
    }

    private static void SetParameter(DefaultRequest request, string name, string? value)
    {
        if (value is not null)
        {
            request.Parameters.Add(name, value);
        }
    }

    private static string? TimeText(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
