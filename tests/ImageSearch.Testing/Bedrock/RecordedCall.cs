namespace ImageSearch.Testing.Bedrock;

/// <summary>One request as it arrived.</summary>
/// <param name="Operation">The operation's name in the service model; "unknown" where the path is none of them.</param>
/// <param name="ModelId">The model id, decoded; empty where the operation has none.</param>
/// <param name="Protocol">HTTP/1.1 or HTTP/2.</param>
/// <param name="RawTarget">The path and query as they were on the wire.</param>
/// <param name="Headers">The request's headers, names in lower case.</param>
/// <param name="Body">The request's body.</param>
/// <param name="ClientLeft">Completes when the client closes or resets the request before its answer is whole.</param>
public sealed record RecordedCall(
    string Operation,
    string ModelId,
    string Protocol,
    string RawTarget,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body,
    Task ClientLeft);
