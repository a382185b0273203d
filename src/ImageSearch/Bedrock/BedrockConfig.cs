namespace ImageSearch.Bedrock;

/// <summary>How a <see cref="BedrockClient"/> reaches the service; the endpoint's variable is <c>AWS_ENDPOINT_URL_BEDROCK</c>.</summary>
internal sealed class BedrockConfig() : BedrockServiceConfig("Bedrock", "bedrock")
{
    /// <inheritdoc/>
    public override string ServiceVersion => "2023-04-20";
}
