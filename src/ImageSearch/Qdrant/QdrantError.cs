using System.Net;
using System.Text.Json;

namespace ImageSearch.Qdrant;

/// <summary>Reads what an answer without success says: JSON with the error as text, plain text (401), or nothing (404 of a route).</summary>
internal static class QdrantError
{
    // What is longer, or goes on in further lines, is a proxy's page or a trace and no message.
    private const int LongestText = 300;

    /// <summary>The failure that the answer states.</summary>
    public static async Task<QdrantException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var text = TextOf(body) is { Length: > 0 } said ? said : $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}";
        var retryAfter = RetryAfter(response);
        var kind = KindOf(response.StatusCode, text);
        return new QdrantException(kind, text)
        {
            Status = response.StatusCode,
            RetryAfter = retryAfter,
            IsTransient = kind switch
            {
                QdrantErrorKind.TimedOut or QdrantErrorKind.Unavailable => true,

                // Without a time to wait the request exceeds the limit by itself.
                QdrantErrorKind.RateLimited => retryAfter is not null,
                QdrantErrorKind.ServerFailed => text.StartsWith("Service internal error", StringComparison.Ordinal),
                _ => false,
            },
        };
    }

    /// <summary>Whether the server's own disk is full, which it says as a failure of its own and not as 507.</summary>
    private static bool IsNoSpaceLeft(string text) => text.Contains("No space left", StringComparison.Ordinal);

    private static QdrantErrorKind KindOf(HttpStatusCode status, string text) => status switch
    {
        HttpStatusCode.Unauthorized => QdrantErrorKind.Unauthorized,
        HttpStatusCode.Forbidden => QdrantErrorKind.Forbidden,
        HttpStatusCode.NotFound => QdrantErrorKind.NotFound,
        HttpStatusCode.RequestTimeout => QdrantErrorKind.TimedOut,
        HttpStatusCode.Conflict => QdrantErrorKind.AlreadyExists,
        HttpStatusCode.RequestEntityTooLarge => QdrantErrorKind.TooLarge,
        HttpStatusCode.BadRequest when text.Contains("larger than allowed", StringComparison.Ordinal) => QdrantErrorKind.TooLarge,
        HttpStatusCode.TooManyRequests => QdrantErrorKind.RateLimited,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => QdrantErrorKind.Unavailable,
        HttpStatusCode.InsufficientStorage => QdrantErrorKind.InsufficientStorage,
        HttpStatusCode.InternalServerError when IsNoSpaceLeft(text) => QdrantErrorKind.InsufficientStorage,
        >= HttpStatusCode.InternalServerError => QdrantErrorKind.ServerFailed,
        _ => QdrantErrorKind.BadRequest,
    };

    private static string TextOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("status"u8, out var status)
                && status.ValueKind == JsonValueKind.Object
                && status.TryGetProperty("error"u8, out var error)
                ? Shortened(error.ToString())
                : Shortened(body);
        }
        catch (JsonException)
        {
            return Shortened(body);
        }
    }

    private static string Shortened(string text)
    {
        var line = text.Trim().Split('\n')[0].TrimEnd();
        return line.Length > LongestText ? $"{line[..LongestText]}…" : line;
    }

    // Qdrant gives whole seconds; a proxy may give a date, which says nothing to a clock that is off.
    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;
}
