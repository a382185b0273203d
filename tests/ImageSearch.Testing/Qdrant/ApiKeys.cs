using Microsoft.AspNetCore.Http;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Who may do what. An empty key is none.</summary>
internal sealed class ApiKeys(FakeQdrantOptions options)
{
    private static readonly string[] Open = ["/", "/healthz", "/livez", "/readyz"];

    /// <summary>Why a request is not let in at all, or null.</summary>
    public string? ReasonToRefuse(HttpRequest request)
    {
        if (string.IsNullOrEmpty(options.ApiKey) || Open.Contains(request.Path.Value))
        {
            return null;
        }

        return KeyOf(request) is not { } key ? "Must provide an API key or an Authorization bearer token"
            : key != options.ApiKey && (string.IsNullOrEmpty(options.ReadOnlyApiKey) || key != options.ReadOnlyApiKey) ? "Invalid API key or JWT"
            : null;
    }

    /// <summary>Refuses a write with the key that may only read.</summary>
    public void CheckEffect(HttpRequest request, QdrantRoute route)
    {
        if (route.Effect == RouteEffect.Writes && !string.IsNullOrEmpty(options.ApiKey) && KeyOf(request) != options.ApiKey)
        {
            throw QdrantRefusal.Forbidden("Global manage access is required");
        }
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue("api-key", out var key))
        {
            return key;
        }

        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : null;
    }
}
