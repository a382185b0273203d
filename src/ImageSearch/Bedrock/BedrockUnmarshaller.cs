using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace ImageSearch.Bedrock;

/// <summary>
/// Turns what came over the wire into an answer or an exception. The JSON of answers is read by the client and not here: what is thrown
/// here, the Core wraps and tries again.
/// </summary>
/// <param name="isStream">True when the body is an event stream that the caller reads on.</param>
internal sealed class BedrockUnmarshaller(bool isStream) : JsonResponseUnmarshaller
{
    public override bool HasStreamingProperty => isStream;

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        if (isStream)
        {
            return new BedrockAnswer { Headers = input.ResponseData, Body = input.Stream };
        }

        var body = new MemoryStream();
        input.Stream.CopyTo(body);
        body.Position = 0;
        return new BedrockAnswer { Headers = input.ResponseData, Body = body };
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var response = input.ResponseData;
        var body = ErrorBody.Read(input.Stream);
        var type = TypeName(response.GetHeaderValue("x-amzn-ErrorType")) ?? TypeName(body.Type);
        var message = body.Message ?? $"The service answered {(int)statusCode} {statusCode} without saying why.";
        var exception = BedrockException.Create(type, message, innerException);
        exception.ErrorCode = type;
        exception.ErrorType = (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        exception.StatusCode = statusCode;
        exception.RequestId = BedrockAnswer.RequestIdOf(response);
        exception.RetryAfter = int.TryParse(response.GetHeaderValue("Retry-After"), out var seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds) : null;
        exception.OriginalStatusCode = body.OriginalStatusCode;
        exception.IsTransient = exception.Retryable is not null || statusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)statusCode >= 500;
        return exception;
    }

    // "com.amazon.bedrock#ThrottlingException:http://internal…/" is ThrottlingException: the name stands after '#' and before ':'.
    private static string? TypeName(string? text)
    {
        var name = text?.Split(':')[0].Split('#')[^1];
        return string.IsNullOrEmpty(name) ? null : name;
    }
}

/// <summary>A good answer before it is read.</summary>
internal sealed class BedrockAnswer : AmazonWebServiceResponse
{
    // Set by the unmarshaller, always; the Core demands a constructor without parameters.
    public IWebResponseData Headers { get; init; } = null!;

    public Stream Body { get; init; } = Stream.Null;

    public string? RequestId => RequestIdOf(Headers);

    public static string? RequestIdOf(IWebResponseData headers) => headers.GetHeaderValue("x-amzn-RequestId") is { Length: > 0 } id ? id : null;
}

/// <summary>What an error's body says, as far as it says anything: a proxy answers with HTML.</summary>
internal sealed record ErrorBody(string? Type, string? Message, int? OriginalStatusCode)
{
    public static ErrorBody Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? new ErrorBody(Text(root, "__type") ?? Text(root, "code"), Text(root, "message") ?? Text(root, "Message"), Number(root, "originalStatusCode"))
                : new ErrorBody(null, null, null);
        }
        catch (JsonException)
        {
            return new ErrorBody(null, null, null);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
