namespace ImageSearch.Server.Safety;

/// <summary>Holds each request to what its endpoint asks for: by a key, by the page's cookie, or by what everyone may do.</summary>
internal sealed class KeyCheck(ApiKeys keys, SessionTokens sessions, WrongKeys wrongKeys, Access anonymous, IReadOnlyCollection<string> allowedOrigins)
{
    /// <summary>Name of the page's cookie.</summary>
    public const string Cookie = "imagesearch";

    private const string Scheme = "Bearer ";

    /// <summary>Whether some things need a key.</summary>
    public bool KeysRequired => anonymous < Access.Write;

    /// <summary>Checks a request, and lets it on or sends it away.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var key = KeyOf(context.Request);
        if (key is null && !SameOrigin.Holds(context.Request, allowedOrigins))
        {
            return Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "Another page asked for this. Only the server's own page may, or a program with a key.");
        }

        var needed = context.NeededAccess();
        if (needed == Access.Nothing)
        {
            return next(context);
        }

        var known = AccessOf(context.Request);
        if (key is not null && known == Access.Nothing)
        {
            return wrongKeys.RefuseAsync(context);
        }

        var access = known > anonymous ? known : anonymous;
        return access >= needed ? next(context) : RefuseAsync(context, access, needed);
    }

    /// <summary>What a request may do by its key or cookie, or without any.</summary>
    public Access Effective(HttpRequest request) => AccessOf(request) is var known && known > anonymous ? known : anonymous;

    private Access AccessOf(HttpRequest request) =>
        KeyOf(request) is { } key ? keys.AccessOf(key)
        : request.Cookies.TryGetValue(Cookie, out var token) ? sessions.AccessOf(token)
        : Access.Nothing;

    private static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim()
            : request.Headers.TryGetValue("X-Api-Key", out var key) ? key.ToString()
            : null;
    }

    private static Task RefuseAsync(HttpContext context, Access access, Access needed)
    {
        if (access > Access.Nothing)
        {
            return Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "This key may search and look, and not change what is indexed. Use a key to write.");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal.WriteAsync(
            context, StatusCodes.Status401Unauthorized, $"A key is needed. Send one to {(needed == Access.Write ? "write" : "read")} as \"Authorization: Bearer KEY\".");
    }
}
