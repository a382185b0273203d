namespace ImageSearch.Server.Safety;

/// <summary>Tells requests of our own page and of programs from those that another page has the reader's browser make.</summary>
internal static class SameOrigin
{
    /// <summary>Whether the request changes nothing, or comes from our own page, an allowed one or no page at all.</summary>
    public static bool Holds(HttpRequest request, IReadOnlyCollection<string> allowedOrigins)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
        {
            // Without the scheme: what ends TLS in front of the server asks it over plain HTTP.
            return allowedOrigins.Contains(origin)
                || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
        }

        // Programs send neither header; browsers say where a request comes from.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }
}
