using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>The answer of a conversation after its guardrail.</summary>
/// <param name="Reply">What is answered.</param>
/// <param name="Trace">What the guardrail found, where the request asks to be told.</param>
internal sealed record GuardedReply(FakeReply Reply, JsonObject? Trace);
