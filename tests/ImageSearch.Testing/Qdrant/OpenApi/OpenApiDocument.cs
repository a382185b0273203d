using System.Collections.Concurrent;
using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.OpenApi;

/// <summary>Qdrant's OpenAPI document, against which requests and answers are checked. It lies beside the repository and is not part of it.</summary>
public sealed class OpenApiDocument
{
    private static readonly ConcurrentDictionary<string, OpenApiDocument?> Read = new();

    private readonly JsonElement _paths;
    private readonly Dictionary<string, JsonSchema> _definitions = [];

    private OpenApiDocument(JsonElement root)
    {
        _paths = root.GetProperty("paths");
        foreach (var definition in root.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            _definitions.Add(definition.Name, new JsonSchema(definition.Value, _definitions));
        }
    }

    /// <summary>The document of a server's version, or null where it is not there.</summary>
    /// <param name="version">Major and minor number, for example <c>1.19</c>.</param>
    public static OpenApiDocument? Find(string version) => Read.GetOrAdd(version, Load);

    /// <summary>What a request breaks; empty when it is right.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path as the document writes it.</param>
    /// <param name="parameters">The names of the parameters behind the path.</param>
    /// <param name="body">The body where it is JSON.</param>
    public IReadOnlyList<string> CheckRequest(string method, string template, IEnumerable<string> parameters, JsonElement? body)
    {
        if (!TryFind(method, template, out var operation))
        {
            return [$"{method} {template}: no such operation"];
        }

        var known = operation.TryGetProperty("parameters", out var declared)
            ? declared.EnumerateArray().Where(parameter => Text(parameter, "in") == "query").Select(parameter => Text(parameter, "name"))
            : [];
        var problems = parameters.Except(known).Select(name => $"?{name}: no such parameter").ToList();
        if (body is { } given)
        {
            problems.AddRange(BodySchema(operation)?.Check(given, "body") ?? (IsEmpty(given) ? [] : ["body: the operation takes none"]));
        }

        return [.. problems.Select(problem => $"{method} {template}: {problem}")];
    }

    /// <summary>What an answer in JSON breaks; empty when it is right.</summary>
    public IReadOnlyList<string> CheckResponse(string method, string template, int status, JsonElement body)
    {
        if (!TryFind(method, template, out var operation))
        {
            return [$"{method} {template}: no such operation"];
        }

        var responses = operation.GetProperty("responses");
        var found = responses.TryGetProperty($"{status}", out var response)
            || (status is >= 400 and < 500 && responses.TryGetProperty("4XX", out response))
            || responses.TryGetProperty("default", out response);
        return !found ? [$"{method} {template}: no answer with status {status}"]
            : [.. (JsonContent(response)?.Check(body, "answer") ?? []).Select(problem => $"{method} {template} {status}: {problem}")];
    }

    /// <summary>What a value breaks of one of the document's schemas; empty when it is right.</summary>
    /// <param name="schema">For example <c>CreateCollection</c>.</param>
    /// <param name="value">The value.</param>
    public IReadOnlyList<string> Check(string schema, JsonElement value) => _definitions[schema].Check(value, schema);

    // What the official clients send with operations that take no body.
    private static bool IsEmpty(JsonElement body) => body.ValueKind == JsonValueKind.Object && !body.EnumerateObject().Any();

    private bool TryFind(string method, string template, out JsonElement operation)
    {
        operation = default;
        return _paths.TryGetProperty(template, out var path) && path.TryGetProperty(method.ToLowerInvariant(), out operation);
    }

    private JsonSchema? BodySchema(JsonElement operation) => operation.TryGetProperty("requestBody", out var body) ? JsonContent(body) : null;

    private JsonSchema? JsonContent(JsonElement body) =>
        body.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json)
            ? new JsonSchema(json.GetProperty("schema"), _definitions)
            : null;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static OpenApiDocument? Load(string version) =>
        PathOf(version) is { } path && File.Exists(path) ? new OpenApiDocument(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement) : null;

    private static string? PathOf(string version)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null ? null : Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "reference", $"qdrant-openapi-{version}.json"));
    }
}
