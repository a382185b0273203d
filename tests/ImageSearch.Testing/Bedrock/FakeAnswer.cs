using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>A whole answer in JSON.</summary>
internal sealed record FakeAnswer(JsonObject Body)
{
    /// <summary>Told in <c>X-Amzn-Bedrock-Input-Token-Count</c>.</summary>
    public int? InputTokens { get; init; }
}
