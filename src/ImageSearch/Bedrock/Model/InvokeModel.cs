using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;

namespace ImageSearch.Bedrock.Model;

/// <summary>A call of InvokeModel.</summary>
internal class InvokeModelRequest : AmazonWebServiceRequest
{
    /// <summary>A model id, an inference profile id or an ARN.</summary>
    public string ModelId { get; set; } = "";

    /// <summary>The model's own request, at most 25,000,000 bytes.</summary>
    public required MemoryStream Body { get; set; }

    public string ContentType { get; set; } = "application/json";

    public string Accept { get; set; } = "application/json";

    /// <summary>ENABLED, DISABLED or ENABLED_FULL.</summary>
    public string? Trace { get; set; }

    public string? GuardrailIdentifier { get; set; }

    public string? GuardrailVersion { get; set; }

    /// <summary>standard or optimized.</summary>
    public string? PerformanceConfigLatency { get; set; }

    /// <summary>priority, default, flex or reserved.</summary>
    public string? ServiceTier { get; set; }
}

/// <summary>The answer of InvokeModel.</summary>
internal sealed class InvokeModelResponse(BedrockAnswer answer)
{
    /// <summary>The model's own answer.</summary>
    public MemoryStream Body { get; } = (MemoryStream)answer.Body;

    public string? ContentType { get; } = answer.Headers.ContentType;

    /// <summary>The request's id, for questions to the service's support.</summary>
    public string? RequestId { get; } = answer.RequestId;

    /// <summary>How many tokens went in, where the service says so.</summary>
    public int? InputTokenCount { get; } = int.TryParse(
        answer.Headers.GetHeaderValue("X-Amzn-Bedrock-Input-Token-Count"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}

/// <summary>A call of InvokeModelWithResponseStream.</summary>
internal sealed class InvokeModelWithResponseStreamRequest : InvokeModelRequest;

/// <summary>The answer of InvokeModelWithResponseStream. Dispose it to stop the model early.</summary>
internal sealed class InvokeModelWithResponseStreamResponse(BedrockAnswer answer, BedrockRuntimeConfig config) : IDisposable
{
    public string? RequestId { get; } = answer.RequestId;

    public string? ContentType { get; } = answer.Headers.GetHeaderValue("X-Amzn-Bedrock-Content-Type");

    /// <summary>The chunks, <see cref="PayloadPart"/> each. Can be read once.</summary>
    public IAsyncEnumerable<IEventStreamEvent> ReadAsync(CancellationToken cancellationToken) => ResponseEvents.OfInvoke(
        EventStreamReader.ReadAsync(answer.Body, config.StreamIdleTimeout, config.Time, cancellationToken), RequestId, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => answer.Body.Dispose();
}

/// <summary>One chunk of a model's answer.</summary>
/// <param name="Bytes">A piece in the model's own shape.</param>
internal sealed record PayloadPart(MemoryStream Bytes) : IEventStreamEvent;
