using System.Text.Json;

namespace ImageSearch.Testing.Qdrant;

/// <summary>A request that was understood so far as to know its operation.</summary>
/// <param name="Operation">The operation's name in the OpenAPI document.</param>
/// <param name="Values">The values in the path, by name.</param>
/// <param name="Query">The parameters behind the path.</param>
/// <param name="Body">An object, or nothing.</param>
internal sealed record QdrantRequest(
    string Operation, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Query, JsonElement Body)
{
    /// <summary>The collection or alias that the path names.</summary>
    public string Collection => Values["collection_name"];

    /// <summary>How an update answers: applied when the client waits for it, else only taken.</summary>
    public string UpdateStatus { get; init; } = Query.GetValueOrDefault("wait") == "true" ? "completed" : "acknowledged";

    /// <summary>How long the client lets the server try, or null for as long as the server likes.</summary>
    public int? TimeoutSeconds { get; } = Query.TryGetValue("timeout", out var text)
        ? int.TryParse(text, out var seconds) && seconds >= 1
            ? seconds
            : throw new QdrantRefusal(422, $"Validation error in query parameters: [timeout: value {text} invalid, must be 1 or larger]")
        : null;
}
