using ImageSearch.Server.Vision;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ImageSearch.Server.Safety;

/// <summary>The page's session: a key is shown once, and a cookie that no script can read stands for it from then on.</summary>
internal static class SessionEndpoints
{
    /// <summary><c>GET</c>, <c>POST</c> and <c>DELETE /session</c>.</summary>
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/session", (HttpContext context, KeyCheck check, VisionPermission vision) => StateOf(check.Effective(context.Request), check, vision)).NeedsNoKey();
        _ = routes.MapPost("/session", BeginAsync).NeedsNoKey();
        _ = routes.MapDelete("/session", End).NeedsNoKey();
    }

    private static async Task BeginAsync(
        HttpContext context, [FromBody] SessionKey body, ApiKeys keys, SessionTokens sessions, KeyCheck check, VisionPermission vision, WrongKeys wrongKeys)
    {
        var access = keys.AccessOf(body.Key);
        if (access == Access.Nothing)
        {
            await wrongKeys.RefuseAsync(context);
            return;
        }

        context.Response.Cookies.Append(KeyCheck.Cookie, sessions.Issue(access), CookieOf(context, SessionTokens.Lifetime));
        await TypedResults.Ok(StateOf(access, check, vision)).ExecuteAsync(context);
    }

    private static NoContent End(HttpContext context)
    {
        context.Response.Cookies.Delete(KeyCheck.Cookie, CookieOf(context, lifetime: null));
        return TypedResults.NoContent();
    }

    private static CookieOptions CookieOf(HttpContext context, TimeSpan? lifetime) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = lifetime, Path = "/", IsEssential = true };

    private static SessionState StateOf(Access access, KeyCheck check, VisionPermission vision) =>
        new(access >= Access.Read, access >= Access.Write, check.KeysRequired, vision.StateFor(access));
}
