using Amazon.Runtime;

namespace ImageSearch.Bedrock;

/// <summary>How a <see cref="BedrockRuntimeClient"/> reaches the service; the endpoint's variable is <c>AWS_ENDPOINT_URL_BEDROCK_RUNTIME</c>.</summary>
/// <remarks>
/// <see cref="ClientConfig.Timeout"/>, 100 seconds by default, bounds each attempt up to the end of an answer, or up to the headers of a
/// stream. A conversation sends nothing before its answer is complete: give it minutes.
/// </remarks>
internal sealed class BedrockRuntimeConfig() : BedrockServiceConfig("Bedrock Runtime", "bedrock-runtime")
{
    /// <summary>
    /// Longest wait between two events of a stream; <see cref="ClientConfig.Timeout"/> ends at the headers and does not see them.
    /// The default is 60 seconds.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock of time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override string ServiceVersion => "2023-09-30";
}
