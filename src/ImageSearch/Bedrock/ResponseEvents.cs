using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Runtime.EventStreams;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>Turns frames into the events of an operation, and exceptions in the stream into exceptions.</summary>
internal static class ResponseEvents
{
    /// <summary>The events of ConverseStream; ends well only after <c>messageStop</c>.</summary>
    public static IAsyncEnumerable<IEventStreamEvent> OfConverse(IAsyncEnumerable<EventStreamMessage> frames, string? requestId, CancellationToken cancellationToken) =>
        ReadAsync(frames, requestId, ReadConverseEvent, streamEvent => streamEvent is MessageStopEvent, cancellationToken);

    /// <summary>The chunks of InvokeModelWithResponseStream. Their content is the model's own, so which chunk is the last cannot be told here.</summary>
    public static IAsyncEnumerable<IEventStreamEvent> OfInvoke(IAsyncEnumerable<EventStreamMessage> frames, string? requestId, CancellationToken cancellationToken) =>
        ReadAsync(
            frames,
            requestId,
            (type, payload) => type == "chunk" ? JsonSerializer.Deserialize(payload, BedrockJson.Default.PayloadPart) : null,
            streamEvent => streamEvent is PayloadPart,
            cancellationToken);

    private static async IAsyncEnumerable<IEventStreamEvent> ReadAsync(
        IAsyncEnumerable<EventStreamMessage> frames,
        string? requestId,
        Func<string, ReadOnlySpan<byte>, IEventStreamEvent?> read,
        Func<IEventStreamEvent, bool> completes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isComplete = false;
        await foreach (var frame in frames.WithCancellation(cancellationToken))
        {
            // Events that came after this client was written are left out: the service may add some at any time.
            if (Read(frame, requestId, read) is { } streamEvent)
            {
                isComplete |= completes(streamEvent);
                yield return streamEvent;
            }
        }

        if (!isComplete)
        {
            throw new BedrockException("The stream ended before the answer was whole.") { RequestId = requestId, IsTransient = true };
        }
    }

    private static IEventStreamEvent? Read(EventStreamMessage frame, string? requestId, Func<string, ReadOnlySpan<byte>, IEventStreamEvent?> read)
    {
        switch (Header(frame, ":message-type"))
        {
            case "event":
                try
                {
                    return read(Header(frame, ":event-type"), frame.Payload);
                }
                catch (JsonException exception)
                {
                    throw new BedrockException("An event of the stream is not the JSON that it should be.", exception) { RequestId = requestId, IsTransient = true };
                }

            case "exception":
                throw Failure(Header(frame, ":exception-type"), ErrorBody.Read(new MemoryStream(frame.Payload)), requestId);
            case "error":
                throw Failure(Header(frame, ":error-code"), new ErrorBody(null, Header(frame, ":error-message"), null), requestId);
            default:
                return null;
        }
    }

    private static IEventStreamEvent? ReadConverseEvent(string type, ReadOnlySpan<byte> payload) => type switch
    {
        "messageStart" => JsonSerializer.Deserialize(payload, BedrockJson.Default.MessageStartEvent),
        "contentBlockStart" => JsonSerializer.Deserialize(payload, BedrockJson.Default.ContentBlockStartEvent),
        "contentBlockDelta" => JsonSerializer.Deserialize(payload, BedrockJson.Default.ContentBlockDeltaEvent),
        "contentBlockStop" => JsonSerializer.Deserialize(payload, BedrockJson.Default.ContentBlockStopEvent),
        "messageStop" => JsonSerializer.Deserialize(payload, BedrockJson.Default.MessageStopEvent),
        "metadata" => JsonSerializer.Deserialize(payload, BedrockJson.Default.ConverseStreamMetadataEvent),
        _ => null,
    };

    private static BedrockException Failure(string code, ErrorBody body, string? requestId)
    {
        // In a stream the service names its exceptions by their members: throttlingException.
        var type = code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..];
        var exception = BedrockException.Create(type, body.Message ?? $"The stream ended with {code}.");
        exception.ErrorCode = type;
        exception.RequestId = requestId;
        exception.OriginalStatusCode = body.OriginalStatusCode;
        exception.IsTransient = exception is ThrottlingException or ServiceUnavailableException or InternalServerException
            or ModelStreamErrorException or ModelTimeoutException or ModelNotReadyException;
        return exception;
    }

    private static string Header(EventStreamMessage frame, string name) => frame.Headers.TryGetValue(name, out var header) ? header.AsString() : "";
}
