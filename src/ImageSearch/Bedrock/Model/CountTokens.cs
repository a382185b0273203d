using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ImageSearch.Bedrock.Model;

/// <summary>A call of CountTokens.</summary>
internal sealed class CountTokensRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string ModelId { get; set; } = "";

    public required CountTokensInput Input { get; set; }
}

/// <summary>What to count: exactly one member is set.</summary>
internal sealed record CountTokensInput
{
    public InvokeModelTokensRequest? InvokeModel { get; init; }

    public ConverseTokensRequest? Converse { get; init; }
}

internal sealed record InvokeModelTokensRequest(MemoryStream Body);

internal sealed record ConverseTokensRequest(List<Message> Messages, List<SystemContentBlock>? System = null);

/// <summary>The answer of CountTokens.</summary>
internal sealed class CountTokensResponse
{
    public int InputTokens { get; set; }
}
