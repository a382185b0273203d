namespace ImageSearch.Testing.Bedrock;

/// <summary>Which operation a request asks for, read from the path as it was on the wire.</summary>
/// <param name="Operation">The operation's name in the service model.</param>
/// <param name="Subject">The model id, guardrail id or job, decoded.</param>
internal sealed record BedrockRoute(string Operation, string Subject)
{
    /// <summary>True for an operation of the control plane.</summary>
    public bool IsControl => Operation.Contains("ModelInvocationJob", StringComparison.Ordinal);

    /// <summary>Kestrel decodes some escapes in its own path and leaves others, so the raw target is read instead.</summary>
    public static BedrockRoute? Parse(string method, string rawTarget)
    {
        var segments = rawTarget.Split('?')[0].Split('/')[1..].Select(Uri.UnescapeDataString).ToArray();
        return (method, segments) switch
        {
            ("POST", ["model", var id, "invoke"]) => new("InvokeModel", id),
            ("POST", ["model", var id, "invoke-with-response-stream"]) => new("InvokeModelWithResponseStream", id),
            ("POST", ["model", var id, "converse"]) => new("Converse", id),
            ("POST", ["model", var id, "converse-stream"]) => new("ConverseStream", id),
            ("POST", ["model", var id, "count-tokens"]) => new("CountTokens", id),
            ("POST", ["guardrail", var id, "version", _, "apply"]) => new("ApplyGuardrail", id),
            ("POST", ["model-invocation-job"]) => new("CreateModelInvocationJob", ""),
            ("GET", ["model-invocation-job", var id]) => new("GetModelInvocationJob", id),
            ("POST", ["model-invocation-job", var id, "stop"]) => new("StopModelInvocationJob", id),
            ("GET", ["model-invocation-jobs"]) => new("ListModelInvocationJobs", ""),
            _ => null,
        };
    }
}
