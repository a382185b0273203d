using System.Collections.Concurrent;
using System.Text.Json;
using ImageSearch.Testing.Qdrant.OpenApi;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Collects what passing requests and answers break of the OpenAPI document, and what breaks in the stand-in itself.</summary>
internal sealed class ExchangeCheck(OpenApiDocument? document)
{
    private readonly ConcurrentQueue<string> _violations = new();

    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Checks a request that the server has accepted: of one that it refused, the client knows.</summary>
    public void Request(QdrantRoute route, QdrantRequest request) =>
        Add(document?.CheckRequest(route.Method, route.Template, request.Query.Keys, request.Body.ValueKind == JsonValueKind.Undefined ? null : request.Body));

    public void Response(QdrantRoute route, int status, byte[] body)
    {
        if (document is not null)
        {
            Add(document.CheckResponse(route.Method, route.Template, status, JsonDocument.Parse(body).RootElement));
        }
    }

    public void NoSuchOperation(HttpRequest request)
    {
        if (document is not null)
        {
            _violations.Enqueue($"{request.Method} {request.Path}: no such operation");
        }
    }

    public void Broken(QdrantRoute route, Exception exception) => _violations.Enqueue($"{route.Operation}: the stand-in broke: {exception}");

    private void Add(IReadOnlyList<string>? problems)
    {
        foreach (var problem in problems ?? [])
        {
            _violations.Enqueue(problem);
        }
    }
}
