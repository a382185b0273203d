namespace ImageSearch.Testing.Qdrant;

/// <summary>A request as it arrived.</summary>
/// <param name="Operation">The operation's name in the OpenAPI document, or <c>unknown</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">By name in lower case.</param>
/// <param name="Body">The request's body; empty where it was refused unread.</param>
public sealed record QdrantCall(
    string Operation,
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body);
